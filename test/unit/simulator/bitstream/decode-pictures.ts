import {
  AV_CODEC_FLAG_QSCALE,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MJPEG,
  AV_LOG_FATAL,
  AV_PIX_FMT_YUV420P,
  AVCOL_RANGE_JPEG,
  FF_QP2LAMBDA,
} from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, Frame, Log, Packet, Rational } from 'node-av/lib';

export type LumaPicture = { width: number; height: number; luma: Uint8Array };

/** Puts start codes before NAL units. */
export function annexB(units: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(units.flatMap((unit) => [Uint8Array.of(0, 0, 0, 1), unit]));
}

/** FFmpeg's decoder, one access unit in, the luma of one picture out. */
export class PictureDecoder {
  readonly #context = new CodecContext();
  readonly #packet = new Packet();
  readonly #frame = new Frame();

  constructor(codecId: typeof AV_CODEC_ID_H264 | typeof AV_CODEC_ID_MJPEG = AV_CODEC_ID_H264) {
    Log.setLevel(AV_LOG_FATAL);
    const codec = Codec.findDecoder(codecId);
    if (!codec) throw new Error('no decoder');
    this.#context.allocContext3(codec);
    this.#context.threadCount = 1;
    FFmpegError.throwIfError(this.#context.open2Sync(codec), 'decoder');
    this.#packet.alloc();
    this.#frame.alloc();
  }

  /** Null where the access unit gave no picture. */
  decode(accessUnit: Uint8Array): LumaPicture | null {
    this.#packet.data = Buffer.from(accessUnit);
    if (this.#context.sendPacketSync(this.#packet) < 0) return null;
    if (this.#context.receiveFrameSync(this.#frame) < 0) return null;
    const picture = toLuma(this.#frame);
    this.#frame.unref();
    return picture;
  }

  [Symbol.dispose](): void {
    this.#packet.free();
    this.#frame.free();
    this.#context.freeContext();
  }
}

/** A picture of this luma, with neutral chroma, through JPEG at about quality 80 and back. */
export function throughJpeg({ width, height, luma }: LumaPicture): LumaPicture {
  const codec = Codec.findEncoder(AV_CODEC_ID_MJPEG);
  if (!codec) throw new Error('no JPEG encoder');
  using context = new CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = AV_PIX_FMT_YUV420P;
  context.colorRange = AVCOL_RANGE_JPEG;
  context.timeBase = new Rational(1, 30);
  context.setFlags(AV_CODEC_FLAG_QSCALE);
  context.globalQuality = 6 * FF_QP2LAMBDA;
  FFmpegError.throwIfError(context.open2Sync(codec), 'JPEG encoder');

  const chroma = Buffer.alloc((width * height) / 2, 128);
  using frame = Frame.fromVideoBuffer(Buffer.concat([luma, chroma]), {
    width,
    height,
    format: AV_PIX_FMT_YUV420P,
  });
  frame.quality = 6 * FF_QP2LAMBDA;
  using packet = new Packet();
  packet.alloc();
  FFmpegError.throwIfError(context.sendFrameSync(frame), 'JPEG');
  FFmpegError.throwIfError(context.receivePacketSync(packet), 'JPEG');

  using decoder = new PictureDecoder(AV_CODEC_ID_MJPEG);
  const picture = decoder.decode(packet.data ?? new Uint8Array(0));
  if (!picture) throw new Error('the JPEG gave no picture');
  return picture;
}

function toLuma(frame: Frame): LumaPicture {
  const { width, height } = frame;
  const [plane] = frame.data ?? [];
  const [stride] = frame.linesize;
  if (!plane || stride === undefined) throw new Error('a picture without luma');
  const luma = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    luma.set(plane.subarray(row * stride, row * stride + width), row * width);
  }
  return { width, height, luma };
}
