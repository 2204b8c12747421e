import { AV_LOG_ERROR, AV_PIX_FMT_YUV420P, FF_ENCODER_LIBX264 } from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  Frame,
  Log,
  Packet,
  Rational,
} from 'node-av/lib';
import { splitNals } from './lossy-link.ts';
import type { Scene } from './scenes.ts';

export type StreamOptions = {
  scene: Scene;
  pictures: number;
  width?: number;
  height?: number;
  profile?: 'baseline' | 'main' | 'high';
  preset?: string;
  /** Bits a second; without it the quantiser is fixed. */
  bitrateBps?: number;
  /** More of libx264's own parameters, after those a Tello's stream has. */
  x264?: readonly string[];
};

/** B pictures allowed, so that libx264 counts pictures with POC type 0, but never chosen. */
export const POC_TYPE_0: readonly string[] = [
  'bframes=1',
  'b-adapt=1',
  'b-bias=-100',
  'rc-lookahead=2',
  'b-pyramid=0',
];

/** The NAL units of a stream that libx264 makes: Tello-like unless `x264` says otherwise. */
export async function encodeNals(options: StreamOptions): Promise<Uint8Array[]> {
  Log.setLevel(AV_LOG_ERROR);
  const { width = 320, height = 240 } = options;
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  if (!codec) throw new Error('this build of node-av has no libx264');
  using context = new CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, 30);
  context.framerate = new Rational(30, 1);
  context.gopSize = 30;
  context.maxBFrames = 0;
  context.threadCount = 1;
  if (options.bitrateBps !== undefined) {
    context.bitRate = BigInt(options.bitrateBps);
    context.rcMaxRate = BigInt(options.bitrateBps);
    context.rcBufferSize = Math.round(options.bitrateBps * 0.2);
  }
  using settings = Dictionary.fromObject({
    preset: options.preset ?? 'veryfast',
    tune: 'zerolatency',
    profile: options.profile ?? 'main',
    level: '4.0',
    'x264-params': [
      options.profile === 'baseline' ? 'cabac=0' : 'cabac=1',
      'ref=1',
      'weightp=0',
      'keyint=30',
      'min-keyint=1',
      'scenecut=0',
      'sliced-threads=0',
      'slices=1',
      'repeat-headers=1',
      'annexb=1',
      ...(options.x264 ?? []),
    ].join(':'),
  });
  FFmpegError.throwIfError(await context.open2(codec, settings), 'libx264');
  using frame = new Frame();
  frame.alloc();
  frame.format = AV_PIX_FMT_YUV420P;
  frame.width = width;
  frame.height = height;
  FFmpegError.throwIfError(frame.getBuffer(), 'frame buffer');
  using packet = new Packet();
  packet.alloc();
  const [strideY, strideUv] = frame.linesize;
  if (strideY === undefined || strideUv === undefined) throw new Error('the frame has no planes');
  const nals: Uint8Array[] = [];
  const drain = () => {
    while (context.receivePacketSync(packet) >= 0) {
      nals.push(...splitNals(new Uint8Array(packet.data ?? [])));
      packet.unref();
    }
  };
  for (let i = 0; i < options.pictures; i++) {
    FFmpegError.throwIfError(frame.makeWritable(), 'frame');
    const [y, u, v] = frame.data ?? [];
    if (!y || !u || !v) throw new Error('the frame has no planes');
    options.scene({ y, u, v, strideY, strideUv }, width, height, i);
    frame.pts = BigInt(i);
    FFmpegError.throwIfError(context.sendFrameSync(frame), 'encode');
    drain();
  }
  context.sendFrameSync(null);
  drain();
  return nals;
}
