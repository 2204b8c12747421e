import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_CODEC_ID_MJPEG,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  AV_PKT_FLAG_KEY,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_SMPTE170M,
  FF_ENCODER_LIBX264,
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
import { MAX_FILM_PICTURE_PIXELS } from '../../shared/picture-bounds.ts';
import { FILM_TICKS_PER_SECOND } from './film-muxer.ts';
import { mustHave, mustSucceed } from './status.ts';

/** One keyframe a second: what scrubbing and cutting want, and little more to keep. */
const KEYFRAME_EVERY_TICKS = FILM_TICKS_PER_SECOND;
/** x264's scale: 18 cannot be told from the source, each 6 more halve the size. */
const QUALITY = '22';
/** Encoding must keep up with the camera beside a live view, on two cores: size is the lesser worry. */
const PRESET = 'ultrafast';

export type EncodedPicture = { data: Uint8Array; keyframe: boolean; ticks: number };

/** Turns a camera's JPEG pictures into H.264, one in, one out. Runs in a child. */
export class FilmEncoder {
  readonly width: number;
  readonly height: number;
  /** SPS and PPS, Annex B. */
  parameterSets: Uint8Array = new Uint8Array();
  readonly #decoder = new CodecContext();
  readonly #encoder = new CodecContext();
  readonly #scale = new SoftwareScaleContext();
  readonly #decoded = new Frame();
  readonly #converted = new Frame();
  readonly #packet = new Packet();
  #scaledFormat = -1;
  #nextKeyframeTicks = Number.NEGATIVE_INFINITY;
  #closed = false;

  private constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  static async open(width: number, height: number): Promise<FilmEncoder> {
    const encoder = new FilmEncoder(width, height);
    try {
      await encoder.#prepare();
      return encoder;
    } catch (error) {
      encoder.close();
      throw error;
    }
  }

  /** Null for a picture that cannot be decoded, or is of another size than the film. */
  async encode(jpeg: Uint8Array, ticks: number): Promise<EncodedPicture | null> {
    const packet = this.#packet;
    packet.data = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
    const sent = await this.#decoder.sendPacket(packet);
    packet.unref();
    if (sent < 0 || (await this.#decoder.receiveFrame(this.#decoded)) < 0) return null;
    try {
      if (this.#decoded.width !== this.width || this.#decoded.height !== this.height) return null;
      await this.#convert();
    } finally {
      this.#decoded.unref();
    }
    const wantsKeyframe = ticks >= this.#nextKeyframeTicks;
    if (wantsKeyframe) this.#nextKeyframeTicks = ticks + KEYFRAME_EVERY_TICKS;
    this.#converted.pts = BigInt(ticks);
    this.#converted.pictType = wantsKeyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    mustSucceed(await this.#encoder.sendFrame(this.#converted), 'compress a picture');
    mustSucceed(await this.#encoder.receivePacket(packet), 'compress a picture');
    const encoded = {
      data: new Uint8Array(packet.data ?? []),
      keyframe: packet.hasFlags(AV_PKT_FLAG_KEY),
      ticks,
    };
    packet.unref();
    return encoded;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#scale.freeContext();
    this.#decoder.freeContext();
    this.#encoder.freeContext();
    this.#decoded.free();
    this.#converted.free();
    this.#packet.free();
  }

  async #prepare(): Promise<void> {
    const { width, height } = this;
    this.#packet.alloc();
    this.#decoded.alloc();
    this.#converted.alloc();
    this.#converted.width = width;
    this.#converted.height = height;
    this.#converted.format = AV_PIX_FMT_YUV420P;
    mustSucceed(this.#converted.getBuffer(0), 'make room for a picture');

    const jpeg = mustHave(Codec.findDecoder(AV_CODEC_ID_MJPEG), 'JPEG decoder');
    this.#decoder.allocContext3(jpeg);
    // Threads would hold pictures back.
    this.#decoder.threadCount = 1;
    mustSucceed(this.#decoder.setOption('max_pixels', MAX_FILM_PICTURE_PIXELS), 'bound a picture');
    mustSucceed(await this.#decoder.open2(jpeg, null), 'start its JPEG decoder');

    const x264 = mustHave(Codec.findEncoderByName(FF_ENCODER_LIBX264), 'H.264 encoder');
    const encoder = this.#encoder;
    encoder.allocContext3(x264);
    encoder.width = width;
    encoder.height = height;
    encoder.pixelFormat = AV_PIX_FMT_YUV420P;
    encoder.timeBase = new Rational(1, FILM_TICKS_PER_SECOND);
    encoder.maxBFrames = 0;
    // What a JPEG's colours are; players would take them for those of HD television else.
    encoder.colorRange = AVCOL_RANGE_MPEG;
    encoder.colorSpace = AVCOL_SPC_SMPTE170M;
    encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    const options = Dictionary.fromObject({
      preset: PRESET,
      tune: 'zerolatency',
      crf: QUALITY,
      'forced-idr': '1',
      'x264-params': 'keyint=infinite:scenecut=0',
    });
    mustSucceed(await encoder.open2(x264, options), 'start its H.264 encoder');
    this.parameterSets = new Uint8Array(mustHave(encoder.extraData, 'H.264 parameter sets'));
  }

  async #convert(): Promise<void> {
    if (this.#decoded.format !== this.#scaledFormat) {
      const { width, height } = this;
      const from = this.#decoded.format as Parameters<SoftwareScaleContext['getContext']>[2];
      this.#scale.getContext(
        width,
        height,
        from,
        width,
        height,
        AV_PIX_FMT_YUV420P,
        SWS_FAST_BILINEAR,
      );
      this.#scaledFormat = this.#decoded.format;
    }
    mustSucceed(this.#converted.makeWritable(), 'make room for a picture');
    mustSucceed(await this.#scale.scaleFrame(this.#converted, this.#decoded), 'convert a picture');
  }
}
