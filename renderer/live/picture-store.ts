import { createStore } from 'zustand/vanilla';
import type { StationStore } from '../station/station-store.ts';
import type { PictureState } from '../words/session-words.ts';
import type { MetersStore } from './meters-store.ts';
import { looksSame, pictureState } from './picture-state.ts';

/** Ages are told in seconds, and a picture must be called old soon after it is. */
const CHECK_PERIOD_MS = 250;

export type PictureStore = ReturnType<typeof createPictureStore>;

export function createPictureStore() {
  return createStore<{
    picture: PictureState;
    unable: { message: string; tip: string } | null;
  }>(() => ({ picture: { kind: 'none' }, unable: null }));
}

/** Keeps the picture's state true, whoever goes silent. Views hear of it only when it looks different. */
export function followPicture(
  store: PictureStore,
  station: StationStore,
  meters: MetersStore,
  nowMs: () => number,
): () => void {
  const check = () => {
    const { status } = station.getState();
    const { newest, lastPicture } = meters.getState();
    const next = pictureState(status, lastPicture, nowMs());
    const shown = store.getState();
    if (!looksSame(shown.picture, next)) store.setState({ picture: next });
    // A fact of one stream: another session's painter says nothing about this one's.
    const unable = newest?.generation === status?.generation ? (newest?.unable ?? null) : null;
    if (shown.unable?.message !== unable?.message) store.setState({ unable });
  };
  const timer = setInterval(check, CHECK_PERIOD_MS);
  const unsubscribe = [station.subscribe(check), meters.subscribe(check)];
  return () => {
    clearInterval(timer);
    for (const stop of unsubscribe) stop();
  };
}
