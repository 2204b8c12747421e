import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { headlineOf, sentenceOf, tipOf } from './error-words.ts';
import { say } from './language.ts';
import { sentence } from './sentence.ts';
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
  const duration = counted(picture);
  const words = say().picture;
  switch (verdict) {
    case 'live':
      return fixed(words.live, drone ? words.liveDrone : words.liveCamera, null, 'live');
    case 'weak':
      return fixed(words.weak, weakDetail(status), drone ? words.weakTip : null, 'degraded');
    case 'slow':
      return fixed(words.slow, words.slowDetail, words.slowTip, 'degraded');
    case 'frozen':
      return {
        label: words.frozen,
        headline: duration === null ? words.frozenHeadline : words.frozenFor(duration),
        spoken: sentence(words.frozenHeadline),
        detail: frozenDetail(status, drone),
        tip: drone ? words.frozenDroneTip : words.frozenCameraTip,
        tone: 'degraded',
      };
    case 'no-signal':
      return {
        label: words.noSignal,
        headline: duration === null ? words.noSignal : words.noSignalFor(duration),
        spoken: sentence(words.noSignal),
        detail: whatIsWrong(status, drone ? words.silentDrone : words.silentCamera),
        tip: status.error
          ? tipOf(status.error)
          : drone
            ? words.silentDroneTip
            : words.silentCameraTip,
        tone: 'degraded',
      };
    case 'lost': {
      const what = status.error ? headlineOf(status.error.code) : words.lostHeadline;
      return {
        label: words.lost,
        headline: duration === null ? what : `${what} · ${duration}`,
        spoken: sentence(what),
        detail: whatIsWrong(status, drone ? words.lostDrone : words.lostCamera),
        tip: status.error ? tipOf(status.error) : words.lostTip,
        tone: 'danger',
      };
    }
  }
}

function fixed(label: string, detail: string, tip: string | null, tone: Tone): PictureWords {
  return { label, headline: label, spoken: sentence(label), detail, tip, tone };
}

/** `5 s`; null while the picture is not old enough to count. */
function counted(picture: PictureState): string | null {
  if (picture.kind !== 'stale' || picture.ageMs < STALE_AFTER_MS) return null;
  return spokenDuration(picture.ageMs);
}

function weakDetail(status: Status): string {
  const count = losses(status);
  const words = say().picture;
  return count === 0 ? words.weakFew : words.weakCount(count);
}

function frozenDetail(status: Status, drone: boolean): string {
  const words = say().picture;
  const wifi = drone && (status.state === 'reconnecting' || losses(status) > 0);
  return wifi ? words.frozenWifi : words.frozenHere;
}

/** The station's sentence, else ours; and how often a camera's reader had to be started again. */
function whatIsWrong(status: Status, otherwise: string): string {
  const why = (status.error && sentenceOf(status.error)) || otherwise;
  const restarts = status.reader?.restarts ?? 0;
  return restarts === 0 ? why : `${why} ${say().picture.restarted(restarts)}`;
}
