import { useEffect, useState } from 'react';
import { useDeck } from '../station/deck.ts';
import type { StationStore } from '../station/station-store.ts';
import { droneFigures, type Figure, pictureFigures } from '../words/figures.ts';
import { onLanguage } from '../words/language.ts';
import { useLive } from './live.ts';
import type { MetersStore } from './meters-store.ts';

/** Faster than this nobody reads; and figures must age while no news comes. */
const PERIOD_MS = 500;

export type Figures = { picture: Figure[]; drone: Figure[] };

const none: Figures = { picture: [], drone: [] };

/** The figures on screen, taken twice a second and handed on only where one of them changed. */
export function useFigures(): Figures {
  const { station } = useDeck();
  const { meters } = useLive();
  const [shown, setShown] = useState(() => read(station, meters));
  useEffect(() => {
    const look = () =>
      setShown((former) => {
        const next = read(station, meters);
        return JSON.stringify(next) === JSON.stringify(former) ? former : next;
      });
    look();
    const timer = setInterval(look, PERIOD_MS);
    const stop = onLanguage(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [station, meters]);
  return shown;
}

function read(station: StationStore, meters: MetersStore): Figures {
  const { status, statusAtMs } = station.getState();
  if (status === null) return none;
  const reading = { status, ageMs: performance.now() - statusAtMs };
  return {
    picture: pictureFigures(reading, meters.getState().newest),
    drone: droneFigures(reading),
  };
}
