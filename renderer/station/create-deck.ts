import type { StationClient } from '../../shared/client.ts';
import { createCaptureStore } from '../library/capture-store.ts';
import { createMetersStore } from '../live/meters-store.ts';
import { createPictureStore } from '../live/picture-store.ts';
import { createActions } from './actions.ts';
import type { Deck } from './deck.ts';
import { createStationStore } from './station-store.ts';

export function createDeck(client: StationClient): Deck {
  const station = createStationStore();
  const capture = createCaptureStore(client);
  return {
    client,
    station,
    capture,
    meters: createMetersStore(),
    picture: createPictureStore(),
    actions: createActions(client, station, capture),
  };
}
