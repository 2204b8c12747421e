import type { RawPicture } from './reader.ts';

/**
 * Pictures on their way to the station that it has not taken over yet. Two keep the channel filled
 * while an answer travels; more would only be a queue.
 */
export const PICTURES_UNDER_WAY = 2;

type PumpOutput = {
  picture(picture: {
    seq: number;
    width: number;
    height: number;
    readAtUs: number;
    data: Uint8Array;
  }): void;
  dropped(why: 'stale' | 'damaged'): void;
  failed(error: unknown): void;
};

/**
 * Stands between camera and station and holds one picture: the newest. While the station is behind,
 * a newer one replaces it, which costs no encoding and is counted as dropped.
 */
export class FramePump {
  readonly #output: PumpOutput;
  #newest: RawPicture | null = null;
  #encoding = false;
  #closed = false;
  #sent = 0;
  #consumed = 0;

  constructor(output: PumpOutput) {
    this.#output = output;
  }

  /** Takes a picture over, and with it the duty to release it. */
  offer(picture: RawPicture): void {
    if (this.#closed) {
      picture.release();
      return;
    }
    if (this.#newest !== null) {
      this.#newest.release();
      this.#output.dropped('stale');
    }
    this.#newest = picture;
    this.#advance();
  }

  /** The station has every picture up to `seq`. */
  consumed(seq: number): void {
    // A number from the future or the past cannot raise the bound.
    this.#consumed = Math.max(this.#consumed, Math.min(seq, this.#sent));
    this.#advance();
  }

  close(): void {
    this.#closed = true;
    this.#newest?.release();
    this.#newest = null;
  }

  #advance(): void {
    const picture = this.#newest;
    if (picture === null || this.#encoding || this.#closed) return;
    if (this.#sent - this.#consumed >= PICTURES_UNDER_WAY) return;
    this.#newest = null;
    this.#encoding = true;
    this.#encode(picture)
      .catch((error: unknown) => this.#output.failed(error))
      .finally(() => {
        this.#encoding = false;
        this.#advance();
      });
  }

  async #encode(picture: RawPicture): Promise<void> {
    try {
      const jpeg = await picture.encode();
      if (this.#closed) return;
      if (jpeg === null) {
        this.#output.dropped('damaged');
        return;
      }
      this.#sent += 1;
      this.#output.picture({ seq: this.#sent, readAtUs: picture.readAtUs, ...jpeg });
    } finally {
      picture.release();
    }
  }
}
