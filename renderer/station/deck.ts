import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { StationClient } from '../../shared/client.ts';
import type { CaptureStore } from '../library/capture-store.ts';
import type { MetersStore } from '../live/meters-store.ts';
import type { PictureStore } from '../live/picture-store.ts';
import type { Actions } from './actions.ts';
import type { StationState, StationStore } from './station-store.ts';

/** Everything a view may reach: what is known, and what can be done. Built once, in `main.tsx`. */
export type Deck = {
  client: StationClient;
  station: StationStore;
  meters: MetersStore;
  picture: PictureStore;
  capture: CaptureStore;
  actions: Actions;
};

export const DeckContext = createContext<Deck | null>(null);

export function useDeck(): Deck {
  const deck = use(DeckContext);
  if (deck === null) throw new Error('A view was used outside the deck.');
  return deck;
}

export function useStation<T>(select: (state: StationState) => T): T {
  return useStore(useDeck().station, select);
}
