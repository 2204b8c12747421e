import { z } from 'zod';
import { errorCodeSchema } from './errors.ts';

/** What a person is told when something fails: what happened (`message`) and what to do (`tip`). */
export const failureSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  tip: z.string().optional(),
  /** Set when the same request may succeed later, in milliseconds from now. */
  retryAfterMs: z.number().int().positive().optional(),
});

export type Failure = z.infer<typeof failureSchema>;

/** The reply to every request. Nothing is ever thrown across a process border. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure<T = never>(error: Failure): Result<T> {
  return { ok: false, error };
}
