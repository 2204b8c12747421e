import { createStore } from 'zustand/vanilla';
import type { Status } from '../../shared/status.ts';
import type { Unable } from '../../shared/unable.ts';
import type { Meters } from '../painter/messages.ts';
import type { StationStore } from '../station/station-store.ts';
import type { PictureState } from '../words/picture-words.ts';
import type { MetersStore } from './meters-store.ts';
import { drawsTooFew, looksSame, pictureState } from './picture-state.ts';

/** Ages are told in seconds, and a picture must be called old soon after it is. */
const CHECK_PERIOD_MS = 250;
/** One late second is no slow page, and one good second no quick one. */
const PACE_HOLDS_MS = 2_000;

export type PictureStore = ReturnType<typeof createPictureStore>;

export function createPictureStore() {
  return createStore<{
    picture: PictureState;
    /** This page has long drawn far fewer pictures than arrive. */
    slow: boolean;
    unable: Unable | null;
  }>(() => ({ picture: { kind: 'none' }, slow: false, unable: null }));
}

/** Keeps the picture's state true, whoever goes silent. Views hear of it only when it looks different. */
export function followPicture(
  store: PictureStore,
  station: StationStore,
  meters: MetersStore,
  nowMs: () => number,
): () => void {
  let steadySinceMs = nowMs();
  const check = () => {
    const { status } = station.getState();
    const { newest, lastPicture } = meters.getState();
    const next = pictureState(status, lastPicture, nowMs());
    const shown = store.getState();
    if (!looksSame(shown.picture, next)) store.setState({ picture: next });
    if (drawsTooFew(status, newest) === shown.slow) steadySinceMs = nowMs();
    else if (nowMs() - steadySinceMs >= PACE_HOLDS_MS) store.setState({ slow: !shown.slow });
    const unable = unableNow(newest, status);
    if (!isSameReason(shown.unable, unable)) store.setState({ unable });
  };
  const timer = setInterval(check, CHECK_PERIOD_MS);
  const unsubscribe = [station.subscribe(check), meters.subscribe(check)];
  return () => {
    clearInterval(timer);
    for (const stop of unsubscribe) stop();
  };
}

/** A fact of one stream says nothing about another session's; that a page is turned away holds for all. */
function unableNow(newest: Meters | null, status: Status | null): Unable | null {
  const unable = newest?.unable ?? null;
  const holds = unable?.kind === 'crowded' || newest?.generation === status?.generation;
  return holds ? unable : null;
}

/** Each comes anew from the worker; another stream can have another codec. */
function isSameReason(one: Unable | null, other: Unable | null): boolean {
  return one?.kind === other?.kind && codecOf(one) === codecOf(other);
}

function codecOf(unable: Unable | null): string | null {
  return unable?.kind === 'codec' ? unable.codec : null;
}
