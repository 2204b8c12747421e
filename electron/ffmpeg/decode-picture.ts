import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MJPEG,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { mustHave, mustSucceed } from './status.ts';

/** Frame threads: half the time for a group of thirty on two cores; the flush at the end costs nothing here. */
const DECODER_THREADS = 2;

/**
 * Decodes every unit and returns the last picture; the caller frees it. Runs in the media process
 * only. FFmpeg conceals what is damaged, so a unit it refuses is skipped, not fatal.
 * @throws Error when no unit gives a picture.
 */
export function decodeNewest(codec: 'h264' | 'jpeg', units: readonly Uint8Array[]): Frame {
  const codecId = codec === 'h264' ? AV_CODEC_ID_H264 : AV_CODEC_ID_MJPEG;
  const decoder = mustHave(Codec.findDecoder(codecId), `${codec} decoder`);
  const context = new CodecContext();
  context.allocContext3(decoder);
  context.threadCount = codec === 'h264' ? DECODER_THREADS : 1;
  const packet = new Packet();
  packet.alloc();
  let newest: Frame | null = null;
  try {
    mustSucceed(context.open2Sync(decoder, null), 'open the decoder');
    for (const [index, unit] of units.entries()) {
      packet.data = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
      packet.pts = BigInt(index);
      context.sendPacketSync(packet);
      packet.unref();
      newest = drain(context, newest);
    }
    context.sendPacketSync(null);
    newest = drain(context, newest);
  } finally {
    packet.free();
    context.freeContext();
  }
  if (newest === null) throw new Error('There is no whole picture in the stream yet.');
  return newest;
}

/** Takes every finished frame out of the decoder and keeps the last. */
function drain(context: CodecContext, former: Frame | null): Frame | null {
  let newest = former;
  for (;;) {
    const frame = new Frame();
    frame.alloc();
    const status = context.receiveFrameSync(frame);
    if (status < 0) {
      frame.free();
      if (status === AVERROR_EAGAIN || status === AVERROR_EOF) return newest;
      continue;
    }
    newest?.free();
    newest = frame;
  }
}
