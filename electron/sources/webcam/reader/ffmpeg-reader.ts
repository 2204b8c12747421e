import {
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_RAWVIDEO,
  AV_CODEC_ID_WRAPPED_AVFRAME,
} from 'node-av/constants';
import {
  avGetPixFmtName,
  Codec,
  CodecContext,
  type FormatContext,
  Frame,
  Packet,
  type Stream,
} from 'node-av/lib';
import type { CameraMode } from '../../../../shared/cameras.ts';
import { JpegEncoder } from '../../../ffmpeg/jpeg-encoder.ts';
import { mustHave, mustSucceed } from '../../../ffmpeg/status.ts';
import { cameraMode, readerCrashed } from '../camera-failures.ts';
import { chooseMode, isOtherMode, modeWords } from './choose-mode.ts';
import { openFailure, readFailure } from './ffmpeg-errors.ts';
import { cameraRequest, canAskForJpeg, openInput, testRequest } from './ffmpeg-input.ts';
import { guardReader } from './guard-reader.ts';
import type { CameraReader, ReaderTarget } from './reader.ts';

/** Opens a camera through FFmpeg's device input, in its own JPEG where it has that. Rejects with a `StationError`. */
export async function openFfmpegReader(target: ReaderTarget): Promise<CameraReader> {
  const context = await openContext(target);
  try {
    const stream = context.streams[0];
    if (stream === undefined) throw readerCrashed(`found no picture in “${target.device}”`);
    const mode = modeOf(stream, target);
    return mode.format === 'mjpeg'
      ? passThroughReader(target, context, mode)
      : await encodingReader(target, context, stream, mode);
  } catch (error) {
    await context.closeInput();
    throw error;
  }
}

async function openContext(target: ReaderTarget): Promise<FormatContext> {
  if (target.synthetic) {
    const opened = await openInput(testRequest(target));
    if ('context' in opened) return opened.context;
    throw openFailure(target.device, opened.code, 'the test picture');
  }
  const chosen = chooseMode(target.modes, target.wanted);
  if (chosen === undefined && target.wanted !== undefined && target.modes.length > 0) {
    throw cameraMode(target.name, modeWords(target.wanted), offers(target.modes));
  }
  const mode = chosen ?? target.wanted;
  // A camera that told no modes is asked for its JPEG just in case.
  if (canAskForJpeg() && (chosen === undefined || chosen.format === 'mjpeg')) {
    const opened = await openInput(cameraRequest(target.device, mode, true));
    if ('context' in opened) return opened.context;
  }
  const opened = await openInput(cameraRequest(target.device, mode, false));
  if ('context' in opened) return opened.context;
  throw openFailure(target.device, opened.code, mode === undefined ? 'any mode' : modeWords(mode));
}

/** Up to six sizes, for the tip. */
function offers(modes: readonly CameraMode[]): string[] {
  return [...new Set(modes.map((mode) => `${mode.width}×${mode.height}`))].slice(0, 6);
}

/** The mode that was really opened; a driver may quietly change size and rate, which is a refusal. */
function modeOf(stream: Stream, target: ReaderTarget): CameraMode {
  const { codecId, width, height } = stream.codecpar;
  const rate = stream.avgFrameRate;
  const fps = rate.den === 0 ? 0 : rate.num / rate.den;
  const { wanted } = target;
  if (wanted !== undefined && isOtherMode(wanted, { width, height, fps })) {
    throw cameraMode(target.name, modeWords(wanted), offers(target.modes));
  }
  if (codecId === AV_CODEC_ID_MJPEG) return { width, height, fps, format: 'mjpeg' };
  if (codecId !== AV_CODEC_ID_RAWVIDEO && codecId !== AV_CODEC_ID_WRAPPED_AVFRAME) {
    // Skipping a stale picture would break every later one of an inter-coded stream.
    throw cameraMode(target.name, 'pictures one by one, only a compressed film', []);
  }
  const format = stream.codecpar.format as Parameters<typeof avGetPixFmtName>[0];
  return { width, height, fps, format: avGetPixFmtName(format) ?? 'raw' };
}

/** The camera's JPEG, byte for byte. */
function passThroughReader(
  target: ReaderTarget,
  context: FormatContext,
  mode: CameraMode,
): CameraReader {
  return reader(target, context, mode, true, {
    encode: (packet) => Promise.resolve(packet.data === null ? null : new Uint8Array(packet.data)),
    close: () => undefined,
  });
}

async function encodingReader(
  target: ReaderTarget,
  context: FormatContext,
  stream: Stream,
  mode: CameraMode,
): Promise<CameraReader> {
  const decoder = mustHave(
    Codec.findDecoder(stream.codecpar.codecId),
    `decoder for the format ${mode.format}`,
  );
  const codec = new CodecContext();
  codec.allocContext3(decoder);
  mustSucceed(codec.parametersToContext(stream.codecpar), 'read the format');
  mustSucceed(await codec.open2(decoder, null), 'start its decoder');
  const frame = new Frame();
  frame.alloc();
  const encoder = new JpegEncoder();

  return reader(target, context, mode, false, {
    async encode(packet) {
      // "Decoding" a raw picture only wraps it, so there is nothing to wait for.
      if (codec.sendPacketSync(packet) < 0 || codec.receiveFrameSync(frame) < 0) return null;
      try {
        return await encoder.encode(frame);
      } finally {
        frame.unref();
      }
    },
    close() {
      encoder.close();
      frame.free();
      codec.freeContext();
    },
  });
}

type Coder = { encode(packet: Packet): Promise<Uint8Array | null>; close(): void };

function reader(
  target: ReaderTarget,
  context: FormatContext,
  mode: CameraMode,
  passThrough: boolean,
  coder: Coder,
): CameraReader {
  return guardReader<Packet>(target, {
    mode,
    passThrough,
    async next() {
      const packet = new Packet();
      packet.alloc();
      const code = await context.readFrame(packet);
      if (code >= 0) return packet;
      packet.free();
      throw readFailure(target.name, code);
    },
    encode: (packet) => coder.encode(packet),
    free: (packet) => packet.free(),
    async close() {
      coder.close();
      await context.closeInput();
    },
  });
}
