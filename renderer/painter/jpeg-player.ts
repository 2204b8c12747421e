import type { FrameMessage, StreamFormat } from '../../shared/frames.ts';
import type { Player, PlayerListener } from './player.ts';

/** JPEG pictures stand alone: one is decoded at a time, and of those that wait only the newest is kept. */
export class JpegPlayer implements Player {
  readonly format: StreamFormat;
  readonly #listener: PlayerListener;
  #waiting: FrameMessage | null = null;
  #isDecoding = false;
  #closed = false;

  constructor(format: StreamFormat, listener: PlayerListener) {
    this.format = format;
    this.#listener = listener;
  }

  decode(frame: FrameMessage): void {
    if (this.#waiting !== null) this.#listener.givenUp(this.#waiting, 'dropped');
    this.#waiting = frame;
    if (!this.#isDecoding) void this.#decodeWaiting();
  }

  close(): void {
    this.#closed = true;
    this.#waiting = null;
  }

  async #decodeWaiting(): Promise<void> {
    this.#isDecoding = true;
    while (this.#waiting !== null && !this.#closed) {
      const frame = this.#waiting;
      this.#waiting = null;
      try {
        const picture = await createImageBitmap(new Blob([bytesOf(frame)], { type: 'image/jpeg' }));
        if (this.#closed) picture.close();
        else this.#listener.picture(picture, frame);
      } catch {
        // A damaged JPEG is a picture less, and the next one stands alone.
        this.#listener.decodeError();
        this.#listener.givenUp(frame, 'dropped');
      }
    }
    this.#isDecoding = false;
  }
}

/** Frames come out of an ArrayBuffer, never a shared one; the type cannot know. */
function bytesOf(frame: FrameMessage): Uint8Array<ArrayBuffer> {
  return frame.data as Uint8Array<ArrayBuffer>;
}
