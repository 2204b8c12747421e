import { z } from 'zod';
import { failureSchema } from './result.ts';

/**
 * What a recording is doing. `waiting`: it goes on, and no picture comes at the moment; the gap will be
 * a gap in the film. `finishing`: the last of it is on its way to the disk.
 */
const recordingPhases = ['idle', 'starting', 'recording', 'waiting', 'finishing'] as const;

/** A film that is finished and at its place. */
const keptFilmSchema = z.object({
  fileName: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  durationMs: z.number(),
});

export type KeptFilm = z.infer<typeof keptFilmSchema>;

/** How many recovered films are spoken of; all of them are in the library. */
export const MAX_RECOVERED = 20;

export const recordingSchema = z.object({
  phase: z.enum(recordingPhases),
  /** The file being written; null while none is. */
  fileName: z.string().nullable(),
  path: z.string().nullable(),
  sourceName: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  /** First picture to newest, over all parts. */
  durationMs: z.number(),
  sizeBytes: z.number(),
  /** 1 for the first file; a picture of another shape, or another source, begins the next. */
  part: z.number().int(),
  framesWritten: z.number().int(),
  /** Pictures that came too fast for the disk or the encoder, and are missing. */
  framesDropped: z.number().int(),
  /** Room on the disk; null before it was looked at. */
  freeBytes: z.number().nullable(),
  /** How long that room lasts at the present rate; null while nobody can tell. */
  roomMs: z.number().nullable(),
  /** What will become a problem: little room, a slow disk, a part that could not be kept. */
  warning: failureSchema.nullable(),
  /** Why the last recording ended by itself; null once another begins. */
  error: failureSchema.nullable(),
  /** Films that were left unfinished by an earlier run and have been finished in this one, newest last. */
  recovered: z.array(keptFilmSchema),
});

export type Recording = z.infer<typeof recordingSchema>;

/**
 * Said when films are finished. `asked`: the user stopped; `source-closed`: the source was disconnected;
 * `disk-low`: the last of the room is left alone; `failed`: see `error`; `recovered`: they were left
 * unfinished when the app or the computer went down.
 */
export const keptSchema = z.object({
  why: z.enum(['asked', 'source-closed', 'no-picture', 'disk-low', 'failed', 'recovered']),
  films: z.array(keptFilmSchema),
  error: failureSchema.nullable(),
});

export type Kept = z.infer<typeof keptSchema>;

/** Below this the user is warned, so that a film is not ended by surprise. */
export const WARN_BELOW_BYTES = 2_000_000_000;
/** Below this a recording ends by itself: systems misbehave on a full disk, and a photo must still fit. */
export const STOP_BELOW_BYTES = 500_000_000;
