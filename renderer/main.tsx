// First of all: it decides how every schema below is used.
import './station/zod-without-eval.ts';
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { followTheme } from './settings/theme.ts';
import { createDeck } from './station/create-deck.ts';
import { createStationClient } from './station/create-station-client.ts';
import { DeckContext } from './station/deck.ts';
import { followStation } from './station/station-store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

const deck = createDeck(createStationClient());
followTheme(deck.station, document.documentElement);
followStation(deck.client, deck.station);

createRoot(root).render(
  <StrictMode>
    <DeckContext value={deck}>
      <App />
    </DeckContext>
  </StrictMode>,
);
