import type { Frame } from 'node-av/lib';
import { JpegEncoder } from '../../ffmpeg/jpeg-encoder.ts';
import { turnPicture } from '../../ffmpeg/turn-picture.ts';
import { WarmDecoder } from '../../ffmpeg/warm-decoder.ts';
import type { FromTranscoder, PictureShape, ToTranscoder } from '../transcoder-messages.ts';

type FrameIn = Extract<ToTranscoder, { type: 'frame' }>;

/** A picture that comes this much early for its rate is taken all the same: clocks are not so exact. */
const EARLY = 0.8;

/** Decodes what comes, in order, and makes a picture of the newest whenever one is due. */
export class PictureJob {
  readonly #shape: PictureShape;
  readonly #say: (message: FromTranscoder) => void;
  readonly #encoder: JpegEncoder;
  #decoder: WarmDecoder | null = null;
  #generation = -1;
  #waiting: FrameIn[] = [];
  #isBusy = false;
  #madeAtUs = Number.NEGATIVE_INFINITY;

  constructor(shape: PictureShape, say: (message: FromTranscoder) => void) {
    this.#shape = shape;
    this.#say = say;
    this.#encoder = new JpegEncoder({ width: shape.width, quality: shape.quality });
  }

  frame(frame: FrameIn): void {
    this.#waiting.push(frame);
    if (!this.#isBusy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { generation, seq } = next;
      try {
        await this.#take(next);
      } catch (error) {
        // A damaged picture costs itself; its decoder begins anew with the next keyframe.
        console.error(error instanceof Error ? error.message : String(error));
      }
      this.#say({ type: 'settled', generation, seq });
    }
    this.#isBusy = false;
  }

  async #take({ codec, generation, catchUp, capturedAtUs, data }: FrameIn): Promise<void> {
    if (generation !== this.#generation || this.#decoder?.codec !== codec) {
      this.#decoder?.close();
      this.#decoder = await WarmDecoder.open(codec);
      this.#generation = generation;
      this.#madeAtUs = Number.NEGATIVE_INFINITY;
    }
    const picture = await this.#decoder.decode(data);
    if (picture === null) return;
    try {
      // One that is late already is only decoded: those behind it refer to it, and are newer.
      const isNewest = this.#waiting.length === 0;
      const due = (EARLY * 1e6) / this.#shape.fps;
      if (catchUp || !isNewest || capturedAtUs - this.#madeAtUs < due) return;
      this.#madeAtUs = capturedAtUs;
      this.#say({ type: 'picture', capturedAtUs, jpeg: await this.#encode(picture) });
    } finally {
      picture.unref();
    }
  }

  async #encode(picture: Frame): Promise<Uint8Array> {
    const turned = await turnPicture(picture, this.#shape.view);
    try {
      return await this.#encoder.encode(turned);
    } finally {
      if (turned !== picture) turned.free();
    }
  }
}
