import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import type { PictureState } from '../words/session-words.ts';

/** The newest picture drawn: of which session, and when it was captured, on the page's clock. */
export type LastPicture = { generation: number; capturedAtMs: number };

const none: PictureState = { kind: 'none' };
const live: PictureState = { kind: 'live' };

/**
 * A picture ages whether or not the painter still speaks of it, so a hung one is never taken for
 * live. And it is live only while the station says so, too.
 */
export function pictureState(
  status: Status | null,
  last: LastPicture | null,
  nowMs: number,
): PictureState {
  if (status === null || status.state === 'idle') return none;
  if (last === null || last.generation !== status.generation) return none;
  const ageMs = Math.max(0, nowMs - last.capturedAtMs);
  return status.state === 'live' && ageMs <= STALE_AFTER_MS ? live : { kind: 'stale', ageMs };
}

/** Whether two states look the same on screen, where ages are told in whole seconds. */
export function looksSame(a: PictureState, b: PictureState): boolean {
  if (a.kind === 'stale' && b.kind === 'stale') {
    return Math.floor(a.ageMs / 1_000) === Math.floor(b.ageMs / 1_000);
  }
  return a.kind === b.kind;
}
