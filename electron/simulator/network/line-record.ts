import { z } from 'zod';

/** What became of a datagram that did not simply arrive. */
const fateSchema = z.enum([
  'lost',
  'burst',
  'outage',
  'silence',
  'overflow',
  'swapped',
  'doubled',
  'paused',
]);
export type Fate = z.infer<typeof fateSchema>;

/** Which part of the video a datagram is; null on the other lines. */
const partSchema = z.object({
  /** Counts `streamon`s that began a stream. */
  stream: z.number().int(),
  /** The number in the picture itself. */
  frame: z.number().int(),
  /** 0 = the IDR itself. */
  sinceKeyframe: z.number().int(),
  nalType: z.number().int(),
  /** Position inside the NAL unit. */
  partOfNal: z.number().int(),
  /** Position inside the picture, and how many datagrams the picture has. */
  part: z.number().int(),
  parts: z.number().int(),
});
export type VideoPart = z.infer<typeof partSchema>;

const fatedSchema = z.object({
  /** Counts the datagrams of the line; of the video, since the stream began. */
  seq: z.number().int(),
  fate: fateSchema,
  pauseMs: z.number().nullable(),
  video: partSchema.nullable(),
});
export type FatedDatagram = z.infer<typeof fatedSchema>;

const count = z.number().int();
const countsSchema = z.object({
  datagrams: count,
  /** Doubled ones once. */
  arrived: count,
  lost: count,
  burst: count,
  outage: count,
  silence: count,
  overflow: count,
  swapped: count,
  doubled: count,
  paused: count,
  /** Pictures that were sent, and those of them that did not arrive whole. */
  pictures: count,
  damagedPictures: count,
});
type LineCounts = z.infer<typeof countsSchema>;

/** What happened on a line: counters since the start, and the datagrams that did not simply arrive. */
export const lineReportSchema = z.object({
  counts: countsSchema,
  fates: z.array(fatedSchema),
  /** Where the next report goes on. */
  next: count,
  /** Fates that were asked for but are forgotten already. */
  forgotten: count,
});
export type LineReport = z.infer<typeof lineReportSchema>;

/** At 250 datagrams a second and 5 % of faults: twenty minutes. */
const REMEMBERED_FATES = 16_384;
/** One message; the next one goes on. */
const REPORTED_FATES = 4_096;

const isLoss = (fate: Fate) => fate !== 'swapped' && fate !== 'doubled' && fate !== 'paused';

/** Counts what happens on a line and remembers the last faults of it. */
export class LineRecord {
  readonly #counts: LineCounts = {
    datagrams: 0,
    arrived: 0,
    lost: 0,
    burst: 0,
    outage: 0,
    silence: 0,
    overflow: 0,
    swapped: 0,
    doubled: 0,
    paused: 0,
    pictures: 0,
    damagedPictures: 0,
  };
  readonly #ring: FatedDatagram[] = [];
  #fates = 0;
  #isDamaged = false;

  /** One datagram and what became of it; null = it simply arrived. */
  add(seq: number, video: VideoPart | null, fate: Fate | null, pauseMs: number | null): void {
    this.#counts.datagrams++;
    if (video?.part === 0) {
      this.#counts.pictures++;
      this.#isDamaged = false;
    }
    if (fate === null || !isLoss(fate)) this.#counts.arrived++;
    else if (video && !this.#isDamaged) {
      this.#counts.damagedPictures++;
      this.#isDamaged = true;
    }
    if (fate === null) return;
    this.#counts[fate]++;
    this.#ring[this.#fates++ % REMEMBERED_FATES] = { seq, fate, pauseMs, video };
  }

  /** The faults from the `from`th on (0 = the first ever), at most `REPORTED_FATES`. */
  report(from: number): LineReport {
    const oldest = Math.max(0, this.#fates - REMEMBERED_FATES);
    const first = Math.min(Math.max(from, oldest), this.#fates);
    const next = Math.min(first + REPORTED_FATES, this.#fates);
    const fates: FatedDatagram[] = [];
    for (let at = first; at < next; at++) {
      const fated = this.#ring[at % REMEMBERED_FATES];
      if (fated) fates.push(fated);
    }
    return { counts: { ...this.#counts }, fates, next, forgotten: Math.max(0, first - from) };
  }
}
