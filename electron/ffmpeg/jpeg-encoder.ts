import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_QSCALE,
  AV_PIX_FMT_YUVJ420P,
  AVCOL_RANGE_JPEG,
  FF_ENCODER_MJPEG,
  FF_QP2LAMBDA,
  SWS_FAST_BILINEAR,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  Frame,
  Packet,
  Rational,
  SoftwareScaleContext,
} from 'node-av/lib';
import { mustHave, mustSucceed } from './status.ts';

/** FFmpeg's scale for JPEG, best to worst. */
const BEST_SCALE = 2;
const WORST_SCALE = 31;
/** Cannot be told from the source at arm's length: 4 on FFmpeg's scale. */
const USUAL_QUALITY = 93;

export type JpegShape = {
  /** Pixels; the height follows. Null = as it comes. */
  width?: number | null;
  /** 1 to 100, as JPEG programs count. */
  quality?: number;
};

/**
 * Turns decoded pictures of any format into JPEG. 4:2:0 because a quarter less is compressed, sent
 * and decoded than with 4:2:2, the fixed Huffman tables because the best ones cost a second pass.
 */
export class JpegEncoder {
  #width = 0;
  #height = 0;
  #format = -1;
  #scale: SoftwareScaleContext | null = null;
  #codec: CodecContext | null = null;
  #converted: Frame | null = null;
  readonly #packet = new Packet();
  readonly #wantedWidth: number | null;
  readonly #scaleOfQuality: number;
  #frames = 0n;

  constructor({ width = null, quality = USUAL_QUALITY }: JpegShape = {}) {
    this.#wantedWidth = width;
    this.#scaleOfQuality = Math.round(
      WORST_SCALE - ((quality - 1) / 99) * (WORST_SCALE - BEST_SCALE),
    );
    this.#packet.alloc();
  }

  /** One JPEG. Runs beside the event loop; one at a time. */
  async encode(frame: Frame): Promise<Uint8Array> {
    if (!this.#fits(frame)) await this.#configure(frame);
    const { scale, codec, converted } = this.#parts();
    mustSucceed(await scale.scaleFrame(converted, frame), 'convert a picture');
    converted.pts = this.#frames++;
    converted.quality = FF_QP2LAMBDA * this.#scaleOfQuality;
    mustSucceed(await codec.sendFrame(converted), 'compress a picture');
    mustSucceed(await codec.receivePacket(this.#packet), 'compress a picture');
    // A copy: the packet's own memory is used again for the next picture.
    const jpeg = new Uint8Array(this.#packet.data ?? []);
    this.#packet.unref();
    return jpeg;
  }

  close(): void {
    this.#release();
    this.#packet.free();
  }

  #fits(frame: Frame): boolean {
    return (
      frame.width === this.#width && frame.height === this.#height && frame.format === this.#format
    );
  }

  #parts() {
    if (!this.#scale || !this.#codec || !this.#converted) {
      throw new Error('The JPEG encoder was used after its end.');
    }
    return { scale: this.#scale, codec: this.#codec, converted: this.#converted };
  }

  async #configure(frame: Frame): Promise<void> {
    this.#release();
    this.#width = frame.width;
    this.#height = frame.height;
    const { width, height } = this.#outputSize(frame);
    this.#format = frame.format;

    const scale = new SoftwareScaleContext();
    // The format of a video frame is a pixel format; the library types it with audio's in one.
    const from = frame.format as Parameters<SoftwareScaleContext['getContext']>[2];
    scale.getContext(
      frame.width,
      frame.height,
      from,
      width,
      height,
      AV_PIX_FMT_YUVJ420P,
      SWS_FAST_BILINEAR,
    );
    this.#scale = scale;

    const converted = new Frame();
    converted.alloc();
    converted.width = width;
    converted.height = height;
    converted.format = AV_PIX_FMT_YUVJ420P;
    converted.colorRange = AVCOL_RANGE_JPEG;
    mustSucceed(converted.getBuffer(0), 'make room for a picture');
    this.#converted = converted;

    const encoder = mustHave(Codec.findEncoderByName(FF_ENCODER_MJPEG), 'JPEG encoder');
    const codec = new CodecContext();
    codec.allocContext3(encoder);
    codec.width = width;
    codec.height = height;
    codec.pixelFormat = AV_PIX_FMT_YUVJ420P;
    codec.colorRange = AVCOL_RANGE_JPEG;
    codec.timeBase = new Rational(1, 1_000);
    codec.threadCount = 1;
    codec.setFlags(AV_CODEC_FLAG_QSCALE, AV_CODEC_FLAG_BITEXACT);
    codec.globalQuality = FF_QP2LAMBDA * this.#scaleOfQuality;
    const options = Dictionary.fromObject({ huffman: 'default' });
    mustSucceed(await codec.open2(encoder, options), 'start its JPEG encoder');
    this.#codec = codec;
  }

  /** Never larger than it comes: that would only cost. Even, for its chroma. */
  #outputSize({ width, height }: Frame): { width: number; height: number } {
    const wanted = this.#wantedWidth;
    if (wanted === null || wanted >= width) return { width, height };
    const even = (value: number) => Math.max(2, 2 * Math.round(value / 2));
    return { width: even(wanted), height: even((height * wanted) / width) };
  }

  #release(): void {
    this.#scale?.freeContext();
    this.#codec?.freeContext();
    this.#converted?.free();
    this.#scale = null;
    this.#codec = null;
    this.#converted = null;
  }
}
