import { useStore } from 'zustand';
import type { StationClient } from '../../shared/client.ts';
import { createPart } from '../ui/part.ts';
import { createStationStore, type StationState, type StationStore } from './station-store.ts';

/** What every part of the page builds on: the station to ask, and what is known of it. */
export type Deck = { client: StationClient; station: StationStore };

export const [DeckContext, useDeck] = createPart<Deck>('deck');

export function createDeck(client: StationClient): Deck {
  return { client, station: createStationStore() };
}

export function useStation<T>(select: (state: StationState) => T): T {
  return useStore(useDeck().station, select);
}
