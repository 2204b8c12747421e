import type { MacroblockRecords } from './slice-outcome.ts';
import type { Motion } from './slice-writer.ts';
import type { Sequence } from './stream-parameters.ts';

/** Fewer moving macroblocks than this say nothing about the rest of their picture. */
const LEAST_WITNESSES = 24;
/** An error of this many quarter samples is as wrong as any greater one. */
const WORST_ERROR = 32;
/** Nothing moves further in a thirtieth of a second, in quarter samples; a damaged vector does. */
const LONGEST_MOVE = 256;
/** After this many pictures without vectors the last ones no longer tell where things go. */
const OLDEST_FIELD = 15;
/** Each picture's error counts this much against all before it, when guesses are compared place by place. */
const NEWEST_WEIGHT = 0.3;
/** Standing still is preferred up to this error, in quarter samples: a copy in place is never smeared. */
const STILL_BONUS = 0.5;

/** A lost picture is worth making up if this share of it moves by so many quarter samples. */
const LEAST_MOVE = 2;
const LEAST_MOVING = 0.1;

/** In quarter samples: less of a difference between two ways may be chance. */
const CLEARLY_WORSE = 1;

/** Ways to guess a vector: none; that of the same place before; the mean of those; the one most of the picture has. */
const STILL = 0;
const LAST = 1;
const MEAN = 2;
const EVEN = 3;
const WAYS = 4;

export type Range = { from: number; to: number };

/**
 * Guesses where the missing macroblocks of a picture came from in the picture before. There are several
 * ways to guess; how wrong each was lately is remembered place by place, and measured on the macroblocks
 * of the same picture that did arrive. Each missing macroblock takes the way that erred least.
 */
export class MissingMotion {
  readonly #widthMbs: number;
  readonly #heightMbs: number;
  // By macroblock: the last known vector, the running mean, and the running error of each way.
  readonly #x: Int16Array;
  readonly #y: Int16Array;
  readonly #meanX: Float32Array;
  readonly #meanY: Float32Array;
  readonly #errors: readonly Float32Array[];
  readonly #smoothErrors: Float32Array;
  readonly #median = new CountingMedian();
  /** The vector most of the last picture has. */
  #evenX = 0;
  #evenY = 0;
  #olderX = 0;
  #olderY = 0;
  /**
   * How wrong it was lately, for the picture as a whole, to take the middle of the motion before and behind
   * for its own, to take the one before, and to take none.
   */
  #betweenError = 0;
  #repeatError = 0;
  #stillError = 0;
  #age = OLDEST_FIELD;
  readonly #guess: { x: Int16Array; y: Int16Array };

  constructor({ widthMbs, heightMbs }: Sequence) {
    const count = widthMbs * heightMbs;
    this.#widthMbs = widthMbs;
    this.#heightMbs = heightMbs;
    this.#x = new Int16Array(count);
    this.#y = new Int16Array(count);
    this.#meanX = new Float32Array(count);
    this.#meanY = new Float32Array(count);
    this.#errors = Array.from({ length: WAYS }, () => new Float32Array(count));
    this.#smoothErrors = new Float32Array(count);
    this.#guess = { x: new Int16Array(count), y: new Int16Array(count) };
  }

  /** A picture was handed on whose motion is not known: an intra one, or one that was not read. */
  pass(): void {
    if (this.#age < OLDEST_FIELD) this.#age++;
  }

  /** Learns from the macroblocks of a picture that were read. */
  keep(records: MacroblockRecords, kept: readonly Range[]): void {
    const fresh = this.#age >= OLDEST_FIELD;
    this.#age = 0;
    const trend = this.#trend(records, kept);
    for (const { from, to } of kept) {
      for (let mb = from; mb < to; mb++) {
        if (records.moves[mb] === 0) continue;
        const x = records.x[mb] ?? 0;
        const y = records.y[mb] ?? 0;
        if (!fresh) this.#judge(mb, x, y, trend);
        this.#x[mb] = x;
        this.#y[mb] = y;
        const weight = fresh ? 1 : NEWEST_WEIGHT;
        this.#meanX[mb] = (this.#meanX[mb] ?? 0) * (1 - weight) + x * weight;
        this.#meanY[mb] = (this.#meanY[mb] ?? 0) * (1 - weight) + y * weight;
      }
    }
    if (trend.witnesses < LEAST_WITNESSES) return;
    this.#judgeTrend(trend);
    this.#olderX = this.#evenX;
    this.#olderY = this.#evenY;
    this.#evenX = trend.evenX;
    this.#evenY = trend.evenY;
  }

  /**
   * The motion to copy missing macroblocks with: `kept` are the ranges of the picture that `records`
   * cover. `steps`: over how many pictures, 1 if none before it was lost. Null: all stands still.
   */
  guess(records: MacroblockRecords, kept: readonly Range[], steps: number): Motion | null {
    if (this.#age >= OLDEST_FIELD) return this.#evenGuess(records, kept);
    const trend = this.#trend(records, kept);
    const known = trend.witnesses >= LEAST_WITNESSES;
    // Nothing of this picture tells how the camera moved, and it does not go on as it went.
    if (!known && this.#repeatError > this.#stillError + CLEARLY_WORSE) return null;
    const evenX = known ? trend.evenX : this.#evenX * steps;
    const evenY = known ? trend.evenY : this.#evenY * steps;
    const overX = known ? trend.overX : 0;
    const overY = known ? trend.overY : 0;
    const count = this.#x.length;
    const smooth = this.#errors.map((errors) => this.#smoothed(errors).slice());
    let moves = false;
    for (let mb = 0; mb < count; mb++) {
      let best = STILL;
      let least = (smooth[STILL]?.[mb] ?? 0) + (known ? trend.still : 0) - STILL_BONUS;
      for (let way = LAST; way <= EVEN; way++) {
        const now = way === EVEN ? trend.even : trend.field;
        const error = (smooth[way]?.[mb] ?? 0) + (known ? now : 0);
        if (error < least) {
          least = error;
          best = way;
        }
      }
      if (best !== STILL) moves = true;
      if (best === STILL) this.#set(mb, 0, 0);
      else if (best === EVEN) this.#set(mb, evenX, evenY);
      else if (best === LAST) {
        this.#set(mb, steps * (this.#x[mb] ?? 0) + overX, steps * (this.#y[mb] ?? 0) + overY);
      } else {
        this.#set(mb, steps * (this.#meanX[mb] ?? 0), steps * (this.#meanY[mb] ?? 0));
      }
    }
    return moves ? this.#guess : null;
  }

  /**
   * The motion of a lost picture: halfway between that of the picture before it and that of the one
   * behind, of which `kept` was read. Null: hardly anything moves, so that nothing is gained by making it up.
   */
  between(records: MacroblockRecords, kept: readonly Range[], steps: number): Motion | null {
    if (this.#betweenError > this.#stillError + CLEARLY_WORSE) return null;
    const { x, y } = this.#guess;
    const guessed = this.guess(records, kept, 1);
    if (guessed === null) {
      x.fill(0);
      y.fill(0);
    }
    const known = this.#age < OLDEST_FIELD;
    for (const { from, to } of kept) {
      for (let mb = from; mb < to; mb++) {
        if (records.moves[mb] === 0) continue;
        const lastX = known ? (this.#x[mb] ?? 0) : (records.x[mb] ?? 0);
        const lastY = known ? (this.#y[mb] ?? 0) : (records.y[mb] ?? 0);
        this.#set(mb, (lastX + (records.x[mb] ?? 0)) / 2, (lastY + (records.y[mb] ?? 0)) / 2);
      }
    }
    let moving = 0;
    for (let mb = 0; mb < x.length; mb++) {
      if (Math.abs(x[mb] ?? 0) + Math.abs(y[mb] ?? 0) >= LEAST_MOVE) moving++;
      this.#set(mb, (x[mb] ?? 0) * steps, (y[mb] ?? 0) * steps);
    }
    return moving >= x.length * LEAST_MOVING ? this.#guess : null;
  }

  #judgeTrend({ evenX, evenY }: Trend): void {
    const middleX = (this.#olderX + evenX) / 2;
    const middleY = (this.#olderY + evenY) / 2;
    const between = error(this.#evenX - middleX, this.#evenY - middleY);
    const still = error(this.#evenX, this.#evenY);
    const repeat = error(evenX - this.#evenX, evenY - this.#evenY);
    this.#repeatError += (repeat - this.#repeatError) * NEWEST_WEIGHT;
    this.#betweenError += (between - this.#betweenError) * NEWEST_WEIGHT;
    this.#stillError += (still - this.#stillError) * NEWEST_WEIGHT;
  }

  /** Without a past: all moves alike, if that is what the kept part does. */
  #evenGuess(records: MacroblockRecords, kept: readonly Range[]): Motion | null {
    const trend = this.#trend(records, kept);
    if (trend.witnesses < LEAST_WITNESSES || trend.even + STILL_BONUS > trend.still) return null;
    this.#guess.x.fill(trend.evenX);
    this.#guess.y.fill(trend.evenY);
    return this.#guess;
  }

  #judge(mb: number, x: number, y: number, trend: Trend): void {
    this.#add(STILL, mb, error(x, y));
    this.#add(
      LAST,
      mb,
      error(x - (this.#x[mb] ?? 0) - trend.overX, y - (this.#y[mb] ?? 0) - trend.overY),
    );
    this.#add(MEAN, mb, error(x - (this.#meanX[mb] ?? 0), y - (this.#meanY[mb] ?? 0)));
    this.#add(EVEN, mb, error(x - trend.evenX, y - trend.evenY));
  }

  #add(way: number, mb: number, value: number): void {
    const errors = this.#errors[way];
    if (errors === undefined) return;
    errors[mb] = (errors[mb] ?? 0) * (1 - NEWEST_WEIGHT) + value * NEWEST_WEIGHT;
  }

  /** What the kept part of a picture says about all of it, and how wrong each guess is there. */
  #trend(records: MacroblockRecords, kept: readonly Range[]): Trend {
    const { x, y, moves } = records;
    const medianOf = (value: (mb: number) => number) => {
      this.#median.clear();
      for (const { from, to } of kept) {
        for (let mb = from; mb < to; mb++) if (moves[mb] === 1) this.#median.add(value(mb));
      }
      return this.#median.value();
    };
    const evenX = medianOf((mb) => x[mb] ?? 0);
    const evenY = medianOf((mb) => y[mb] ?? 0);
    const overX = medianOf((mb) => (x[mb] ?? 0) - (this.#x[mb] ?? 0));
    const overY = medianOf((mb) => (y[mb] ?? 0) - (this.#y[mb] ?? 0));
    const witnesses = this.#median.count;
    const sums = { still: 0, field: 0, even: 0 };
    for (const { from, to } of kept) {
      for (let mb = from; mb < to; mb++) {
        if (moves[mb] === 0) continue;
        const mbX = x[mb] ?? 0;
        const mbY = y[mb] ?? 0;
        sums.still += error(mbX, mbY);
        sums.field += error(mbX - (this.#x[mb] ?? 0) - overX, mbY - (this.#y[mb] ?? 0) - overY);
        sums.even += error(mbX - evenX, mbY - evenY);
      }
    }
    const all = Math.max(1, witnesses);
    return {
      witnesses,
      evenX,
      evenY,
      overX,
      overY,
      still: sums.still / all,
      field: sums.field / all,
      even: sums.even / all,
    };
  }

  /** Each place's value and its neighbours' together: single vectors follow the noise rather than the motion. */
  #smoothed(values: Float32Array): Float32Array {
    const out = this.#smoothErrors;
    const width = this.#widthMbs;
    for (let row = 0; row < this.#heightMbs; row++) {
      const above = Math.max(0, row - 1) * width;
      const below = Math.min(this.#heightMbs - 1, row + 1) * width;
      for (let column = 0; column < width; column++) {
        const at = row * width + column;
        const left = column > 0 ? at - 1 : at;
        const right = column < width - 1 ? at + 1 : at;
        const sum =
          (values[at] ?? 0) +
          (values[left] ?? 0) +
          (values[right] ?? 0) +
          (values[above + column] ?? 0) +
          (values[below + column] ?? 0);
        out[at] = sum / 5;
      }
    }
    return out;
  }

  #set(mb: number, x: number, y: number): void {
    this.#guess.x[mb] = Math.round(clip(x));
    this.#guess.y[mb] = Math.round(clip(y));
  }
}

type Trend = {
  witnesses: number;
  /** The median vector, and the median of how far vectors went beyond the last ones. */
  evenX: number;
  evenY: number;
  overX: number;
  overY: number;
  /** Mean error of three ways on the kept part. */
  still: number;
  field: number;
  even: number;
};

/** The median of small whole numbers, without sorting. */
class CountingMedian {
  count = 0;
  readonly #counts = new Uint16Array(2 * LONGEST_MOVE + 1);

  clear(): void {
    this.count = 0;
    this.#counts.fill(0);
  }

  add(value: number): void {
    const at = Math.round(clip(value)) + LONGEST_MOVE;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.count++;
  }

  value(): number {
    let left = this.count >> 1;
    for (let i = 0; i < this.#counts.length; i++) {
      left -= this.#counts[i] ?? 0;
      if (left < 0) return i - LONGEST_MOVE;
    }
    return 0;
  }
}

function error(x: number, y: number): number {
  return Math.min(WORST_ERROR, Math.abs(x) + Math.abs(y));
}

function clip(value: number): number {
  return Math.max(-LONGEST_MOVE, Math.min(LONGEST_MOVE, value));
}
