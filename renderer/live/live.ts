import { createStore, type StoreApi } from 'zustand/vanilla';
import { createPart } from '../ui/part.ts';
import { createMetersStore, type MetersStore } from './meters-store.ts';
import { createPictureStore, type PictureStore } from './picture-store.ts';

/** The picture on screen: what the painter measures, and what may be said of it. */
export type Live = {
  meters: MetersStore;
  picture: PictureStore;
  /** Whether the numbers are wanted: delay, rate, bit rate, size, drops. */
  numbers: StoreApi<{ shown: boolean }>;
  toggleNumbers(): void;
};

export const [LiveContext, useLive] = createPart<Live>('live view');

export function createLive(): Live {
  const numbers: Live['numbers'] = createStore(() => ({ shown: false }));
  return {
    meters: createMetersStore(),
    picture: createPictureStore(),
    numbers,
    toggleNumbers: () => numbers.setState(({ shown }) => ({ shown: !shown })),
  };
}
