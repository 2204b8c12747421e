import { followLanguage } from './settings/follow-language.ts';
// First of all: it decides how every schema below is used.
import './station/zod-without-eval.ts';
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createParts, PartsProvider } from './parts.tsx';
import { followTheme } from './settings/theme.ts';
import { createStationClient } from './station/create-station-client.ts';
import { followStation } from './station/station-store.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');

const parts = createParts(createStationClient());
const { client, station } = parts.deck;
followTheme(station, document.documentElement);
followLanguage(station, document.documentElement);
followStation(client, station);

createRoot(root).render(
  <StrictMode>
    <PartsProvider parts={parts}>
      <App />
    </PartsProvider>
  </StrictMode>,
);
