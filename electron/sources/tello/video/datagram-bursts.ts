import { START_CODE_BYTES, startCodeLength } from './annex-b.ts';

/** The longest payload of UDP over IPv4. */
const MAX_DATAGRAM_BYTES = 65_507;
/** Thirty times a large keyframe of this stream, and the most that a flood without borders can hold in memory. */
export const MAX_NAL_BYTES = 1_048_576;
/** How many datagrams back a repeated one is recognised; Wi-Fi repeats at once or after a few. */
const REMEMBERED_DATAGRAMS = 8;
/** So many units in a row in one datagram each: the sender never cuts, and each datagram ends its unit. */
const SINGLE_DATAGRAM_UNITS = 8;
/** A sender that changes the size of its datagrams shows it by so many units cut short in the same place. */
const SIGNS_OF_ANOTHER_SIZE = 3;
/** Shorter than a frame at 30 fps, so that a lost end does not wait for the next unit; longer than a busy machine's hiccup. */
const MIN_QUIET_US = 20_000;
/** Longer than any pause of Wi-Fi within a unit that is worth waiting for. */
const MAX_QUIET_US = 150_000;
/** Pauses within units are remembered for one to two of these. */
const PAUSE_WINDOW_US = 5_000_000;

/** Datagrams from one start code up to the end the wire shows: one NAL unit, or several. */
export type Burst = {
  chunks: readonly Uint8Array[];
  sizeBytes: number;
  /** Whether the end is known to be there: the last datagram was a short one. */
  ended: boolean;
  /** Arrival of the last datagram. */
  atUs: number;
};

export type BurstSink = {
  burst(burst: Burst): void;
  /** A run of datagrams was given up; it was one unit, as far as can be told. */
  lost(reason: BurstLoss): void;
  /** Dropped without harm: this very datagram was here before. */
  duplicate(): void;
};

/** `headless`: no start code and nothing open, its beginning is missing. `malformed`: no video at all. */
export type BurstLoss = 'headless' | 'oversize' | 'malformed';

/**
 * Puts datagrams together. A datagram shorter than the sender's full ones closes its burst at once, which
 * is where the low delay comes from; how long a full one is (1,460 bytes from a Tello, 1,024 to 1,472 from
 * others) is learned from the ones that go on. A unit that is an exact multiple, or whose short end is
 * lost, closes with the next start code or after some quiet: twice the longest pause that was seen within
 * a unit lately, since a unit that is closed within a pause of Wi-Fi is damaged for nothing.
 */
export class DatagramBursts {
  readonly #sink: BurstSink;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #lastAtUs = 0;
  /** 0 until a datagram is seen to go on in the next. */
  #fullBytes = 0;
  #singles = 0;
  /** Length of the datagram that ended the burst before, while nothing came since; how often that was wrong. */
  #shortBytes = 0;
  #wronglyShort = { bytes: 0, times: 0 };
  /** Since when a burst lies closed by quiet alone: what goes on with it tells of a pause. */
  #quietClosed = false;
  #pauses = { windowUs: 0, newestUs: 0, formerUs: 0 };
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

  /** How much quiet ends an open unit. */
  get quietUs(): number {
    const longest = Math.max(this.#pauses.newestUs, this.#pauses.formerUs);
    return Math.min(MAX_QUIET_US, Math.max(MIN_QUIET_US, 2 * longest));
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
    else if (this.open) this.#goOn(atUs);
    else {
      this.#skip(datagram, atUs);
      return;
    }
    this.#shortBytes = 0;
    this.#quietClosed = false;
    this.#chunks.push(datagram);
    this.#sizeBytes += datagram.length;
    this.#lastAtUs = atUs;
    if (this.#sizeBytes > MAX_NAL_BYTES - START_CODE_BYTES) this.#abandon();
    else if (datagram.length < this.#fullBytes) {
      this.#shortBytes = datagram.length;
      this.#close(true);
    }
  }

  /** Closes what is open if nothing came for `quietUs`: an exact multiple, or the end is lost. */
  closeIfQuiet(nowUs: number): void {
    if (!this.open || nowUs - this.#lastAtUs < this.quietUs) return;
    this.#quietClosed = true;
    this.#close(false);
  }

  /** Forgets what is open, without counting it. */
  reset(): void {
    this.#chunks = [];
    this.#sizeBytes = 0;
    this.#skipping = false;
  }

  #begin(): void {
    this.#skipping = false;
    if (!this.open) return;
    if (this.#chunks.length === 1 && this.#fullBytes === 0) {
      this.#singles++;
      if (this.#singles >= SINGLE_DATAGRAM_UNITS) this.#fullBytes = MAX_DATAGRAM_BYTES + 1;
    }
    this.#close(false);
  }

  /** The datagram before this one was a full one. */
  #goOn(atUs: number): void {
    const before = this.#chunks.at(-1)?.length ?? 0;
    if (before > this.#fullBytes) this.#fullBytes = before;
    this.#singles = 0;
    this.#paused(atUs - this.#lastAtUs, atUs);
  }

  /** A datagram whose beginning is missing. The run it belongs to counts once, up to its short end. */
  #skip(datagram: Uint8Array, atUs: number): void {
    if (this.#quietClosed) this.#paused(Math.min(MAX_QUIET_US, atUs - this.#lastAtUs), atUs);
    this.#quietClosed = false;
    if (!this.#skipping) this.#sink.lost('headless');
    this.#skipping = this.#fullBytes === 0 || datagram.length >= this.#fullBytes;
    if (datagram.length <= this.#shortBytes) this.#doubtSize(this.#shortBytes);
    this.#shortBytes = 0;
  }

  /** A unit went on behind a datagram that was taken for its end. */
  #doubtSize(bytes: number): void {
    const isSame = this.#wronglyShort.bytes === bytes;
    this.#wronglyShort = { bytes, times: isSame ? this.#wronglyShort.times + 1 : 1 };
    if (this.#wronglyShort.times < SIGNS_OF_ANOTHER_SIZE) return;
    this.#fullBytes = bytes;
    this.#wronglyShort = { bytes: 0, times: 0 };
  }

  #paused(pauseUs: number, atUs: number): void {
    if (atUs - this.#pauses.windowUs > PAUSE_WINDOW_US) {
      this.#pauses = { windowUs: atUs, newestUs: 0, formerUs: this.#pauses.newestUs };
    }
    this.#pauses.newestUs = Math.max(this.#pauses.newestUs, pauseUs);
  }

  #abandon(): void {
    this.reset();
    this.#skipping = true;
    this.#sink.lost('oversize');
  }

  #close(ended: boolean): void {
    const burst = {
      chunks: this.#chunks,
      sizeBytes: this.#sizeBytes,
      ended,
      atUs: this.#lastAtUs,
    };
    this.#chunks = [];
    this.#sizeBytes = 0;
    this.#sink.burst(burst);
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
