import { AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, Frame, Packet, Rational } from 'node-av/lib';
import { mustHave, mustSucceed } from '../../electron/ffmpeg/status.ts';
import { seededRandom } from './seeded-random.ts';

/** A JPEG of seeded noise by FFmpeg's encoder, with its fixed Huffman tables or tables for this picture. */
export async function encodeNoise(
  width: number,
  height: number,
  huffman: 'default' | 'optimal',
): Promise<Uint8Array> {
  const random = seededRandom(width * height);
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = AV_PIX_FMT_YUVJ420P;
  mustSucceed(frame.getBuffer(0), 'make room for a picture');
  for (const plane of frame.data ?? []) {
    for (let at = 0; at < plane.length; at++) plane[at] = 100 + Math.floor(random() * 60);
  }
  const encoder = mustHave(Codec.findEncoder(AV_CODEC_ID_MJPEG), 'JPEG encoder');
  const context = new CodecContext();
  context.allocContext3(encoder);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUVJ420P;
  context.timeBase = new Rational(1, 1);
  context.threadCount = 1;
  const packet = new Packet();
  packet.alloc();
  try {
    mustSucceed(await context.open2(encoder, Dictionary.fromObject({ huffman })), 'open it');
    frame.pts = 0n;
    mustSucceed(context.sendFrameSync(frame), 'encode');
    mustSucceed(context.sendFrameSync(null), 'end');
    mustSucceed(context.receivePacketSync(packet), 'encode');
    return new Uint8Array(packet.data ?? []);
  } finally {
    packet.free();
    frame.free();
    context.freeContext();
  }
}
