import { START_CODE_BYTES, startCodeLength } from './annex-b.ts';

/** The drone's largest datagram; a shorter one ends a NAL unit. Seen on the wire. */
const MAX_DATAGRAM_BYTES = 1_460;
/** Thirty times a large keyframe of this stream, and the most that a flood without borders can hold in memory. */
export const MAX_NAL_BYTES = 1_048_576;
/** How many datagrams back a repeated one is recognised; Wi-Fi repeats at once or after a few. */
const REMEMBERED_DATAGRAMS = 8;

/** Datagrams from one start code up to the end the wire shows, joined: one NAL unit, or several. */
export type BurstSink = {
  burst(chunks: readonly Uint8Array[], sizeBytes: number, lastAtUs: number): void;
  /** A run of datagrams was given up; it was one unit, as far as can be told. */
  lost(reason: BurstLoss): void;
  /** Dropped without harm: this very datagram was here before. */
  duplicate(): void;
};

/** `headless`: no start code and nothing open, its beginning is missing. `malformed`: empty or too long for a Tello. */
export type BurstLoss = 'headless' | 'oversize' | 'malformed';

/**
 * Puts datagrams together. A short datagram closes its burst at once, which is where the low delay comes
 * from. One unit in 1,460 is an exact multiple of the datagram size and closes with the next start code,
 * one frame time later, or when the caller finds it quiet for long: guessing an end after a few
 * milliseconds would win that one frame time every 49 s, and cost a damaged group of pictures whenever
 * Wi-Fi pauses within a unit, which is far more often.
 */
export class DatagramBursts {
  readonly #sink: BurstSink;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #lastAtUs = 0;
  /** Skipping to the next start code; the unit this belongs to was counted already. */
  #skipping = false;
  readonly #remembered: (Uint8Array | undefined)[] = new Array(REMEMBERED_DATAGRAMS).fill(
    undefined,
  );
  #rememberAt = 0;

  constructor(sink: BurstSink) {
    this.#sink = sink;
  }

  /** Whether datagrams wait for the end of their unit. */
  get open(): boolean {
    return this.#chunks.length > 0;
  }

  get openBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes over `datagram`: the caller never writes to it again. */
  push(datagram: Uint8Array, atUs: number): void {
    if (datagram.length === 0 || datagram.length > MAX_DATAGRAM_BYTES) {
      this.#sink.lost('malformed');
      return;
    }
    if (this.#seenBefore(datagram)) {
      this.#sink.duplicate();
      return;
    }
    if (startCodeLength(datagram) > 0) this.#begin();
    else if (!this.open) {
      this.#skip(datagram);
      return;
    }
    this.#chunks.push(datagram);
    this.#sizeBytes += datagram.length;
    this.#lastAtUs = atUs;
    if (this.#sizeBytes > MAX_NAL_BYTES - START_CODE_BYTES) this.#abandon();
    else if (datagram.length < MAX_DATAGRAM_BYTES) this.#close();
  }

  /** Closes what is open if nothing came for `quietUs`: the stream paused after an exact multiple. */
  closeIfQuiet(nowUs: number, quietUs: number): void {
    if (this.open && nowUs - this.#lastAtUs >= quietUs) this.#close();
  }

  /** Forgets what is open, without counting it. */
  reset(): void {
    this.#chunks = [];
    this.#sizeBytes = 0;
    this.#skipping = false;
  }

  #begin(): void {
    this.#skipping = false;
    if (this.open) this.#close();
  }

  /** A datagram whose beginning is missing. The run it belongs to counts once, up to its short end. */
  #skip(datagram: Uint8Array): void {
    if (!this.#skipping) this.#sink.lost('headless');
    this.#skipping = datagram.length === MAX_DATAGRAM_BYTES;
  }

  #abandon(): void {
    this.reset();
    this.#skipping = true;
    this.#sink.lost('oversize');
  }

  #close(): void {
    const chunks = this.#chunks;
    const sizeBytes = this.#sizeBytes;
    this.#chunks = [];
    this.#sizeBytes = 0;
    this.#sink.burst(chunks, sizeBytes, this.#lastAtUs);
  }

  #seenBefore(datagram: Uint8Array): boolean {
    for (const other of this.#remembered) {
      if (other?.length === datagram.length && Buffer.compare(other, datagram) === 0) return true;
    }
    this.#remembered[this.#rememberAt] = datagram;
    this.#rememberAt = (this.#rememberAt + 1) % REMEMBERED_DATAGRAMS;
    return false;
  }
}
