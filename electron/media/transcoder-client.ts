import type { Child, StartChild } from '../processes/child.ts';
import { ChildLife } from '../processes/child-life.ts';
import type { FromTranscoder, PictureShape, ToTranscoder } from './transcoder-messages.ts';

/** A frame takes some milliseconds; a process that is silent for so long with work to do hangs. */
const SILENT_FOR_MS = 5_000;
const LOOK_EVERY_MS = 1_000;

export type TranscoderListener = {
  settled(generation: number, seq: number): void;
  picture(jpeg: Uint8Array, capturedAtUs: number): void;
  /** It died or hangs; another one may be started. Said once. */
  gone(why: string): void;
};

/** A transcoder process: keeps its decoder warm, and makes JPEG pictures of one shape. */
export class TranscoderClient {
  readonly #child: Child;
  readonly #life: ChildLife;
  readonly #listener: TranscoderListener;
  readonly #watch: NodeJS.Timeout;
  #underWay = 0;
  #heardAtMs = performance.now();
  #isOver = false;

  constructor(startChild: StartChild, shape: PictureShape, listener: TranscoderListener) {
    this.#listener = listener;
    this.#child = startChild('transcoder');
    this.#life = new ChildLife(this.#child);
    this.#child.onMessage((message) => this.#receive(message as FromTranscoder));
    void this.#life.exited.then(() => this.#end(this.#child.lastWords() || 'it ended'));
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#send({ type: 'begin', shape });
  }

  frame(frame: Omit<Extract<ToTranscoder, { type: 'frame' }>, 'type'>): void {
    if (this.#underWay === 0) this.#heardAtMs = performance.now();
    this.#underWay++;
    this.#send({ type: 'frame', ...frame });
  }

  async dispose(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#watch);
    await this.#life.end();
  }

  #send(message: ToTranscoder): void {
    if (!this.#isOver) this.#child.send(message);
  }

  #receive(message: FromTranscoder): void {
    if (this.#isOver) return;
    this.#heardAtMs = performance.now();
    if (message.type === 'picture') {
      this.#listener.picture(message.jpeg, message.capturedAtUs);
      return;
    }
    this.#underWay = 0;
    this.#listener.settled(message.generation, message.seq);
  }

  #look(): void {
    if (this.#underWay === 0 || performance.now() - this.#heardAtMs < SILENT_FOR_MS) return;
    this.#end('it gave no sign of life');
    void this.#life.kill();
  }

  #end(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#watch);
    this.#listener.gone(why);
  }
}
