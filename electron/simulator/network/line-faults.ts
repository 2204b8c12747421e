import { z } from 'zod';

/** The four ways a datagram can go: `command` to the drone, the others from it. */
export const LINES = ['video', 'state', 'command', 'answer'] as const;
export type Line = (typeof LINES)[number];

export const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(86_400_000);

/** A longer pause is an outage, and has a fault of its own. */
export const LONGEST_PAUSE_MS = 10_000;
const pauseMs = z.number().min(0).max(LONGEST_PAUSE_MS);

/** How long a pause lasts. Exponential ones end at `LONGEST_PAUSE_MS`. */
const pauseLengthSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), ms: pauseMs }),
  z.object({ kind: z.literal('uniform'), fromMs: pauseMs, toMs: pauseMs }),
  z.object({ kind: z.literal('exponential'), meanMs: pauseMs }),
]);
export type PauseLength = z.infer<typeof pauseLengthSchema>;

/** Where in the video an outage may begin; other lines have no such places and begin at once. */
export const OUTAGE_PLACES = ['anywhere', 'parameter-sets', 'idr', 'after-idr'] as const;
export type OutagePlace = (typeof OUTAGE_PLACES)[number];

const outageSchema = z.object({
  /** Counted from the first datagram after the line began or this was set. */
  atMs: milliseconds.default(0),
  /** From one beginning to the next; null = once. */
  everyMs: milliseconds.min(1).nullable().default(null),
  forMs: milliseconds,
  /** Once due, it waits for the first datagram of this. */
  on: z.enum(OUTAGE_PLACES).default('anywhere'),
});
export type OutageSpec = z.infer<typeof outageSchema>;

const burstSchema = z
  .object({
    /** Share of all datagrams lost in bursts, on average. */
    loss: share,
    /** Mean length of a burst, in datagrams. */
    length: z.number().min(1).max(100_000),
  })
  .refine(
    ({ loss, length }) => loss === 1 || loss / (1 - loss) <= length,
    'bursts this short cannot lose this much',
  );

/** What can happen to datagrams on one line. */
export const lineFaultsSchema = z.object({
  /** Probability that a datagram is lost, whatever happens to its neighbours. */
  loss: share.default(0),
  /** Losses in a row beside that (Gilbert-Elliott: a bad state that loses everything). */
  burst: burstSchema.nullable().default(null),
  outage: outageSchema.nullable().default(null),
  /** Probability that a datagram arrives after the one behind it. */
  reorder: share.default(0),
  /** Probability that a datagram arrives twice. */
  duplicate: share.default(0),
  /**
   * Probability that a datagram and all behind it are held back, then arrive together: what Wi-Fi's
   * own retries look like. In video never the first datagram of a picture: pauses are inside units.
   */
  pause: share.default(0),
  pauseLength: pauseLengthSchema.default({ kind: 'exponential', meanMs: 20 }),
});
export type LineFaults = z.infer<typeof lineFaultsSchema>;

/** No defaults here, or a part would reset the rest. */
export const lineFaultsPatchSchema = z
  .object({
    loss: share,
    burst: burstSchema.nullable(),
    outage: outageSchema.nullable(),
    reorder: share,
    duplicate: share,
    pause: share,
    pauseLength: pauseLengthSchema,
  })
  .partial()
  .strict();
export type LineFaultsPatch = z.infer<typeof lineFaultsPatchSchema>;

export const NO_LINE_FAULTS: LineFaults = lineFaultsSchema.parse({});
