import { AV_LOG_FATAL, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, Frame, Log, Packet, Rational } from 'node-av/lib';
import { mustHave, mustSucceed } from '../../electron/ffmpeg/status.ts';

/** Access units of a film in which a bright bar wanders: one IDR, then P pictures only. */
export async function encodeFilm(
  width: number,
  height: number,
  pictures: number,
): Promise<Uint8Array[]> {
  Log.setLevel(AV_LOG_FATAL);
  const encoder = mustHave(Codec.findEncoderByName(FF_ENCODER_LIBX264), 'libx264');
  const context = new CodecContext();
  context.allocContext3(encoder);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, 30);
  context.gopSize = pictures + 1;
  context.maxBFrames = 0;
  context.threadCount = 1;
  const options = Dictionary.fromObject({
    preset: 'ultrafast',
    tune: 'zerolatency',
    'x264-params': 'keyint=infinite:scenecut=0:annexb=1:repeat-headers=1',
  });
  const packet = new Packet();
  packet.alloc();
  const units: Uint8Array[] = [];
  try {
    mustSucceed(await context.open2(encoder, options), 'start libx264');
    for (let index = 0; index < pictures; index++) {
      const frame = bar(width, height, index);
      try {
        mustSucceed(context.sendFrameSync(frame), 'encode');
        mustSucceed(context.receivePacketSync(packet), 'encode');
        units.push(new Uint8Array(packet.data ?? []));
        packet.unref();
      } finally {
        frame.free();
      }
    }
    return units;
  } finally {
    packet.free();
    context.freeContext();
    options.free();
  }
}

function bar(width: number, height: number, index: number): Frame {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = AV_PIX_FMT_YUV420P;
  frame.pts = BigInt(index);
  mustSucceed(frame.getBuffer(0), 'make room for a picture');
  const [y, u, v] = frame.data ?? [];
  y?.fill(40);
  u?.fill(128);
  v?.fill(128);
  const stride = frame.linesize[0] ?? width;
  for (let row = 0; row < 16; row++) {
    const at = ((index * 4 + row) % height) * stride;
    y?.fill(200, at, at + width);
  }
  return frame;
}
