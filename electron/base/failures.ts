import type { ErrorCode } from '../../shared/errors.ts';
import type { Failure } from '../../shared/result.ts';

export type FailureOptions = {
  tip?: string;
  retryAfterMs?: number;
  /** Whether trying again by itself can help: the session then reconnects with growing delays. */
  recoverable?: boolean;
  cause?: unknown;
};

/** A failure with a code, a plain sentence and a tip: the only thing the station throws on purpose. */
export class StationError extends Error {
  override readonly name = 'StationError';
  readonly code: ErrorCode;
  readonly tip: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly recoverable: boolean;

  constructor(code: ErrorCode, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.tip = options.tip;
    this.retryAfterMs = options.retryAfterMs;
    this.recoverable = options.recoverable ?? false;
  }

  /** The part of it that crosses process borders. */
  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      ...(this.tip === undefined ? {} : { tip: this.tip }),
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}

export function isStationError(error: unknown): error is StationError {
  return error instanceof StationError;
}

/** What a pending step throws when its signal fires: it was wanted, so nobody is told. */
export function cancelled(): StationError {
  return new StationError('cancelled', 'This was cancelled.');
}
