import {
  AV_LOG_ERROR,
  AV_PIX_FMT_YUV420P,
  AVERROR_EAGAIN,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, Frame, Log, Packet, Rational } from 'node-av/lib';
import { mustHave, mustSucceed } from '../../ffmpeg/status.ts';

export type EncoderOptions = {
  width: number;
  height: number;
  fps: number;
  bitrateBps: number;
  /** Slices a picture. */
  slices: number;
  /** From one IDR to the next, in pictures; null = the first picture alone is one. */
  keyframeInterval: number | null;
};

/** The planes of the encoder's own frame, to be painted into directly. */
export type Planes = {
  y: Uint8Array;
  u: Uint8Array;
  v: Uint8Array;
  /** Bytes a row of the luma plane, and of the two others. */
  strideY: number;
  strideUv: number;
};

/** What a real unit does (captured): an IDR every 30 pictures, one slice a picture. */
export const TELLO_KEYFRAME_INTERVAL = 30;
export const TELLO_SLICES = 1;
/** Largest picture, in seconds of the stream: an IDR of 0.2 s is some 40 datagrams, which any socket buffer takes at once. */
const BUFFER_S = 0.2;
/** Below QP 16 deblocking has no effect, so libx264 says "off" in the slice header, which the Tello's PPS cannot say; nobody sees finer detail anyway. */
const MIN_QP = 16;

/**
 * libx264 set up to make what a Tello makes: Main profile, level 4.0, CABAC, one reference, no
 * B-frames, no weighted prediction. Everything runs in the
 * calling thread, in about 3 ms a picture of 960x720.
 */
export class Encoder {
  readonly #context: CodecContext;
  readonly #frame = new Frame();
  readonly #packet = new Packet();
  readonly #planes: Planes;
  #pictures = 0n;
  #disposed = false;

  private constructor(context: CodecContext, options: EncoderOptions) {
    this.#context = context;
    this.#frame.alloc();
    this.#frame.format = AV_PIX_FMT_YUV420P;
    this.#frame.width = options.width;
    this.#frame.height = options.height;
    mustSucceed(this.#frame.getBuffer(), 'make room for a picture');
    this.#packet.alloc();

    const [y, u, v] = this.#frame.data ?? [];
    const [strideY, strideUv] = this.#frame.linesize;
    if (!y || !u || !v || strideY === undefined || strideUv === undefined) {
      throw new Error('the frame has no planes');
    }
    this.#planes = { y, u, v, strideY, strideUv };
  }

  /** Rejects where libx264 refuses the options. */
  static async open(options: EncoderOptions): Promise<Encoder> {
    return new Encoder(await openContext(options), options);
  }

  /** Where the next picture is painted; the same memory every time. */
  get planes(): Planes {
    return this.#planes;
  }

  /** Encodes what was painted. Returns one access unit, Annex B, a copy. Throws where FFmpeg fails. */
  encode(): Uint8Array {
    this.#frame.pts = this.#pictures++;
    mustSucceed(this.#context.sendFrameSync(this.#frame), 'encode a picture');
    const received = this.#context.receivePacketSync(this.#packet);
    if (received === AVERROR_EAGAIN) throw new Error('libx264 kept a picture back');
    mustSucceed(received, 'encode a picture');
    const bytes = new Uint8Array(this.#packet.data ?? []);
    this.#packet.unref();
    return bytes;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#packet.free();
    this.#frame.free();
    this.#context.freeContext();
  }
}

async function openContext(options: EncoderOptions): Promise<CodecContext> {
  Log.setLevel(AV_LOG_ERROR);
  const codec = mustHave(Codec.findEncoderByName(FF_ENCODER_LIBX264), 'libx264');
  const interval = options.keyframeInterval ?? 'infinite';
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = options.width;
  context.height = options.height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.timeBase = new Rational(1, options.fps);
  context.framerate = new Rational(options.fps, 1);
  context.maxBFrames = 0;
  context.threadCount = 1;
  context.bitRate = BigInt(options.bitrateBps);
  context.rcMaxRate = BigInt(options.bitrateBps);
  context.rcBufferSize = Math.round(options.bitrateBps * BUFFER_S);
  const settings = Dictionary.fromObject({
    preset: 'ultrafast',
    tune: 'zerolatency',
    profile: 'main',
    level: '4.0',
    'x264-params': [
      'cabac=1',
      'ref=1',
      'weightp=0',
      'deblock=0,0',
      `qpmin=${MIN_QP}`,
      `keyint=${interval}`,
      `min-keyint=${interval === 'infinite' ? 1 : interval}`,
      'scenecut=0',
      'sliced-threads=0',
      `slices=${options.slices}`,
      'repeat-headers=1',
      'annexb=1',
    ].join(':'),
  });
  try {
    // Not `open2Sync`: in node-av 6.1.1 it frees the dictionary, which then frees itself again.
    mustSucceed(await context.open2(codec, settings), 'start libx264');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  } finally {
    settings.free();
  }
}
