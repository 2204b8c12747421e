import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MJPEG,
  AV_EF_EXPLODE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { MAX_FILM_PICTURE_PIXELS, MAX_PICTURE_PIXELS } from '../../shared/picture-bounds.ts';
import { mustHave, mustSucceed } from './status.ts';

/** Frame threads: half the time for a group of thirty on two cores; the flush at the end costs nothing here. */
const DECODER_THREADS = 2;

/**
 * Decodes every unit and returns the last picture; the caller frees it. Runs in the media process
 * only. In a film FFmpeg conceals what is damaged, so a unit it refuses is skipped; a JPEG stands
 * alone and is refused when any of it is missing. No decoder is made for a picture out of bounds.
 * @throws Error when no unit gives a picture.
 */
export function decodeNewest(codec: 'h264' | 'jpeg', units: readonly Uint8Array[]): Frame {
  const codecId = codec === 'h264' ? AV_CODEC_ID_H264 : AV_CODEC_ID_MJPEG;
  const decoder = mustHave(Codec.findDecoder(codecId), `${codec} decoder`);
  const context = new CodecContext();
  context.allocContext3(decoder);
  if (codec === 'h264') {
    context.threadCount = DECODER_THREADS;
    mustSucceed(context.setOption('max_pixels', MAX_FILM_PICTURE_PIXELS), 'bound the picture');
  } else {
    context.threadCount = 1;
    mustSucceed(context.setOption('max_pixels', MAX_PICTURE_PIXELS), 'bound the picture');
    mustSucceed(context.setOption('err_detect', AV_EF_EXPLODE), 'make the decoder strict');
  }
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
  if (newest === null) {
    throw new Error(
      codec === 'h264'
        ? 'There is no whole picture in the stream yet.'
        : 'The newest picture of the camera is damaged.',
    );
  }
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
