import type { Capture } from '../../shared/captures.ts';
import type { Result } from '../../shared/result.ts';

/** Waits between the tries when the station is busy with another capture: one try, then three more. */
const RETRY_DELAYS_MS = [1_000, 2_000, 4_000] as const;

export type CaptureSteps = {
  take(): Promise<Result<Capture>>;
  wait(delayMs: number): Promise<void>;
  /** Told before each wait, for the words on the button. */
  onRetry?(retry: number, delayMs: number): void;
};

/**
 * Takes one capture. Only `busy` is worth another try, and never sooner than the station asked for.
 * Resolves with the first other result, or with the last `busy`.
 */
export async function captureWithRetry(steps: CaptureSteps): Promise<Result<Capture>> {
  let result = await steps.take();
  for (const [index, delayMs] of RETRY_DELAYS_MS.entries()) {
    if (result.ok || result.error.code !== 'busy') return result;
    const waitMs = Math.max(delayMs, result.error.retryAfterMs ?? 0);
    steps.onRetry?.(index + 1, waitMs);
    await steps.wait(waitMs);
    result = await steps.take();
  }
  return result;
}
