import type { FrameMessage, StreamFormat } from '../../shared/frames.ts';
import type { Player, PlayerListener } from './player.ts';

/** A picture takes 10 ms at 1080p; one that needs this long never comes. */
const DECODE_WITHIN_MS = 2_000;

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
    if (this.#waiting !== null) this.#listener.givenUp(this.#waiting, 'dropped');
    this.#waiting = null;
  }

  async #decodeWaiting(): Promise<void> {
    this.#isDecoding = true;
    while (this.#waiting !== null && !this.#closed) {
      const frame = this.#waiting;
      this.#waiting = null;
      try {
        const picture = await decodeInTime(frame);
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

/** The decoder's promise, but not for ever; a picture that comes too late is let go. */
async function decodeInTime(frame: FrameMessage): Promise<ImageBitmap> {
  const decoding = createImageBitmap(new Blob([bytesOf(frame)], { type: 'image/jpeg' }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      decoding.then((picture) => picture.close()).catch(() => undefined);
      reject(new Error('the decoder did not answer'));
    }, DECODE_WITHIN_MS);
  });
  try {
    return await Promise.race([decoding, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Frames come out of an ArrayBuffer, never a shared one; the type cannot know. */
function bytesOf(frame: FrameMessage): Uint8Array<ArrayBuffer> {
  return frame.data as Uint8Array<ArrayBuffer>;
}
