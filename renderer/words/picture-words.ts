import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { headlineOf, tipOf } from './error-words.ts';
import { spokenDuration } from './time.ts';
import type { Tone } from './tone.ts';

/**
 * What is known of the picture on screen: there is none of this session, it moves, or it is old (with
 * the time since it was captured).
 */
export type PictureState = { kind: 'none' } | { kind: 'live' } | { kind: 'stale'; ageMs: number };

/**
 * The one word for the picture.
 * `live`: whole, fresh, at 20 a second or the source's own rate. `weak`: parts are lost on the way, and
 * filled in. `slow`: everything arrives, and this page cannot keep up. `frozen`: data arrives, and nothing
 * of it can be shown. `no-signal`: nothing arrives. `lost`: the source itself is gone, and looked for.
 */
export type PictureVerdict = 'live' | 'weak' | 'slow' | 'frozen' | 'no-signal' | 'lost';

export type PictureFacts = {
  status: Status;
  picture: PictureState;
  /** This page draws far fewer pictures than arrive. */
  slow: boolean;
};

/** Below this a drone's picture is not called live: it sends 25 or 30 a second. */
export const LIVE_FPS = 20;
/** A gap this long is seen by everybody. */
const FRESH_MS = 1_000;

/** Null while no picture has been shown in this session, so that nothing can be said of it. */
export function judgePicture({ status, picture, slow }: PictureFacts): PictureVerdict | null {
  if (status.state === 'reconnecting') return judgeReconnecting(status);
  if (status.state !== 'live' || picture.kind === 'none') return null;
  if (picture.kind === 'stale') return arrives(status) ? 'frozen' : 'no-signal';
  if (losses(status) > 0 || tooFew(status)) return 'weak';
  return slow ? 'slow' : 'live';
}

function judgeReconnecting(status: Status): PictureVerdict {
  switch (status.phase) {
    case 'waiting-for-keyframe':
      return 'frozen';
    case 'opening':
    case 'waiting-to-retry':
      return 'lost';
    default:
      return 'no-signal';
  }
}

/** Whole pictures reach the station, whatever becomes of them here. */
function arrives({ video }: Status): boolean {
  const ageMs = video?.lastFrameAgeMs ?? null;
  return ageMs !== null && ageMs <= STALE_AFTER_MS;
}

/** A hole in a drone's video is seen in every picture until the next keyframe; a camera's are each whole. */
function losses({ source, video }: Status): number {
  if (video === null) return 0;
  const { framesLost, framesHealed } = video.loss;
  return source?.kind === 'webcam' ? framesHealed : framesLost + framesHealed;
}

/** A camera has a rate of its own (in the dark it slows down); a drone has one rate. */
function tooFew({ source, video }: Status): boolean {
  if (source?.kind === 'webcam' || video === null) return false;
  // Zero is the rate of a stream that has just begun.
  const few = video.fps > 0 && video.fps < LIVE_FPS;
  return few || (video.lastFrameAgeMs ?? 0) > FRESH_MS;
}

export type PictureWords = {
  label: string;
  headline: string;
  /** The headline for those who listen: without the seconds that count. */
  spoken: string;
  detail: string;
  tip: string | null;
  tone: Tone;
};

/** The words of each verdict. A line of this table is all that is ever said of a picture. */
export function pictureWords(verdict: PictureVerdict, facts: PictureFacts): PictureWords {
  const { status, picture } = facts;
  const drone = status.source?.kind !== 'webcam';
  const it = drone ? 'the drone' : 'the camera';
  const seconds = counted(picture);
  const since = seconds === null ? '' : ` for ${seconds}`;
  switch (verdict) {
    case 'live':
      return fixed('Live', `You see what ${it} sees.`, null, 'live');
    case 'weak':
      return fixed(
        'Weak signal',
        weakDetail(status),
        drone ? 'Move closer to the drone.' : null,
        'degraded',
      );
    case 'slow':
      return fixed(
        'Slow',
        'This page draws fewer pictures than arrive.',
        'Close other programs, or watch in a smaller window.',
        'degraded',
      );
    case 'frozen':
      return {
        label: 'Frozen',
        headline: `No usable picture${since}`,
        spoken: 'No usable picture.',
        detail: frozenDetail(status, drone),
        tip: drone
          ? 'Move closer, or away from other Wi-Fi networks.'
          : 'It goes on by itself; if not, reload the page.',
        tone: 'degraded',
      };
    case 'no-signal':
      return {
        label: 'No signal',
        headline: `No signal${since}`,
        spoken: 'No signal.',
        detail: `${status.error?.message ?? `Nothing has come from ${it} for a while.`}${restartWords(status)}`,
        tip: status.error ? tipOf(status.error) : silentTip(drone),
        tone: 'degraded',
      };
    case 'lost': {
      const what = status.error ? headlineOf(status.error.code) : 'Connection lost';
      return {
        label: 'Lost',
        headline: seconds === null ? what : `${what} · ${seconds}`,
        spoken: `${what}.`,
        detail: `${status.error?.message ?? `Looking for ${it} again.`}${restartWords(status)}`,
        tip: status.error ? tipOf(status.error) : 'The picture comes back by itself.',
        tone: 'danger',
      };
    }
  }
}

function fixed(label: string, detail: string, tip: string | null, tone: Tone): PictureWords {
  return { label, headline: label, spoken: `${label}.`, detail, tip, tone };
}

/** `5 s`; null while the picture is not old enough to count. */
function counted(picture: PictureState): string | null {
  if (picture.kind !== 'stale' || picture.ageMs < STALE_AFTER_MS) return null;
  return spokenDuration(picture.ageMs);
}

function weakDetail(status: Status): string {
  const count = losses(status);
  if (count === 0) return 'Few pictures arrive.';
  return count === 1
    ? 'One picture was damaged or lost just now.'
    : `${count} pictures were damaged or lost in the last 5 s.`;
}

function frozenDetail(status: Status, drone: boolean): string {
  if (drone && (status.state === 'reconnecting' || losses(status) > 0)) {
    return 'The Wi-Fi is losing data.';
  }
  return 'Pictures reach Hoverdeck, but cannot be shown on this page.';
}

function silentTip(drone: boolean): string {
  return drone ? 'Move closer, and check the drone’s battery.' : 'Check the camera’s cable.';
}

/** How often the camera's reader had to be started again; nothing while it never was. */
function restartWords(status: Status): string {
  const restarts = status.reader?.restarts ?? 0;
  if (restarts === 0) return '';
  return restarts === 1 ? ' Started again once.' : ` Started again ${restarts} times.`;
}
