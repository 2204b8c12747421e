import { createStore } from 'zustand/vanilla';
import type { Meters } from '../painter/messages.ts';
import type { LastPicture } from './picture-state.ts';

export type MetersState = {
  /** The painter's newest figures, four times a second. */
  newest: Meters | null;
  /** The newest picture drawn; outlives a lost link or a new painter, whose figures begin at none. */
  lastPicture: LastPicture | null;
};

export type MetersStore = ReturnType<typeof createMetersStore>;

export function createMetersStore() {
  return createStore<MetersState>(() => ({ newest: null, lastPicture: null }));
}

export function takeMeters(store: MetersStore, meters: Meters, nowMs: number): void {
  const { generation, pictureAgeMs } = meters;
  store.setState({
    newest: meters,
    ...(pictureAgeMs === null
      ? {}
      : { lastPicture: { generation, capturedAtMs: nowMs - pictureAgeMs } }),
  });
}
