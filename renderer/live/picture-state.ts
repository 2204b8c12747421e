import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { LIVE_FPS, type PictureState } from '../words/picture-words.ts';

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

/** What the painter has to say about its pace. */
type Pace = { generation: number; fps: number; framesDrawn: number };

/** Fewer than this share of what arrives is seen as a stutter. */
const SLOW_SHARE = 0.8;
/** A painter is judged once it has drawn for this long. */
const JUDGED_AFTER_S = 2;

/** Whether this page draws far fewer pictures than arrive, and too few to be called live. */
export function drawsTooFew(status: Status | null, pace: Pace | null): boolean {
  const arriving = status?.video?.fps ?? 0;
  if (pace === null || pace.generation !== status?.generation) return false;
  if (pace.framesDrawn < arriving * JUDGED_AFTER_S) return false;
  return pace.fps < LIVE_FPS && pace.fps < arriving * SLOW_SHARE;
}
