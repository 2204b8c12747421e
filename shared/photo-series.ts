import { z } from 'zod';
import { failureSchema } from './result.ts';

/** Faster than this no series goes: a photo takes a tenth of a second on a slow disk. */
export const FASTEST_SERIES_MS = 100;
/** A burst is held with a finger; one that is never let go ends here. */
export const MAX_BURST = 100;
/** A day of a picture every ten seconds. */
const MAX_TIMELAPSE = 10_000;

/** Photos that take themselves. `burst` goes on until it is cancelled or long enough. */
export const seriesSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('timer'), seconds: z.literal([2, 5, 10]) }),
  z.strictObject({ kind: z.literal('burst') }),
  z.strictObject({
    kind: z.literal('timelapse'),
    everyMs: z.number().int().min(500).max(3_600_000),
    count: z.number().int().min(1).max(MAX_TIMELAPSE),
  }),
]);

export type SeriesSpec = z.infer<typeof seriesSpecSchema>;

export const seriesSchema = z.object({
  running: z.boolean(),
  /** The series that runs, or the last one; null before the first. */
  spec: seriesSpecSchema.nullable(),
  taken: z.number().int(),
  /** Photos that could not be taken; the series went on without them. */
  missed: z.number().int(),
  wanted: z.number().int(),
  /** When the next photo is taken; null while none is to come. */
  nextAtMs: z.number().nullable(),
  /** Why the last photo was missed, or the series ended early. */
  error: failureSchema.nullable(),
});

export type Series = z.infer<typeof seriesSchema>;
