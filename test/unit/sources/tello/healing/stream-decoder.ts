import { AV_CODEC_FLAG_LOW_DELAY, AV_CODEC_ID_H264, AV_LOG_ERROR } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FFmpegError, Frame, Log, Packet } from 'node-av/lib';

/** The luma of a picture without its padding. */
export type Luma = { width: number; height: number; samples: Uint8Array };

/** FFmpeg's H.264 decoder, one unit in, as many pictures out as there are. */
export class StreamDecoder {
  /** Units it refused. */
  refused = 0;
  /** Pictures it says are damaged. */
  damaged = 0;
  readonly #context: CodecContext;
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  #unit = 0n;

  private constructor(context: CodecContext) {
    this.#context = context;
    this.#packet.alloc();
    this.#frame.alloc();
  }

  /** `strict`: every deviation from the standard that FFmpeg can see is an error, and none is concealed. */
  static async open(strict: boolean): Promise<StreamDecoder> {
    Log.setLevel(AV_LOG_ERROR);
    const codec = Codec.findDecoder(AV_CODEC_ID_H264);
    if (!codec) throw new Error('no decoder');
    const context = new CodecContext();
    context.allocContext3(codec);
    context.threadCount = 1;
    context.setFlags(AV_CODEC_FLAG_LOW_DELAY);
    using settings = Dictionary.fromObject(
      strict
        ? { err_detect: 'crccheck+bitstream+buffer+explode+careful+compliant+aggressive' }
        : {},
    );
    FFmpegError.throwIfError(await context.open2(codec, settings), 'decoder');
    return new StreamDecoder(context);
  }

  /** Decodes one unit (null: the end) and gives each picture that comes out; how many there were. */
  decode(unit: Uint8Array | null, picture?: (luma: Luma) => void): number {
    if (unit === null) {
      this.#context.sendPacketSync(null);
    } else {
      this.#packet.data = Buffer.from(unit);
      this.#packet.pts = this.#unit++;
      if (this.#context.sendPacketSync(this.#packet) < 0) this.refused++;
      this.#packet.unref();
    }
    let count = 0;
    while (this.#context.receiveFrameSync(this.#frame) >= 0) {
      count++;
      if (this.#frame.decodeErrorFlags !== 0) this.damaged++;
      picture?.(lumaOf(this.#frame));
      this.#frame.unref();
    }
    return count;
  }

  [Symbol.dispose](): void {
    this.#packet.free();
    this.#frame.free();
    this.#context.freeContext();
  }
}

function lumaOf(frame: Frame): Luma {
  const { width, height } = frame;
  const [plane] = frame.data ?? [];
  const [stride] = frame.linesize;
  if (!plane || stride === undefined) throw new Error('a picture without luma');
  const samples = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    samples.set(plane.subarray(row * stride, row * stride + width), row * width);
  }
  return { width, height, samples };
}
