import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useDeck, useStation } from '../station/deck.ts';
import type { StationStore } from '../station/station-store.ts';
import { hudFigures, linkFigures } from '../words/flight-figures.ts';
import { say } from '../words/language.ts';
import { type Flight, useFlight } from './flight.ts';
import styles from './hud.module.css';
import type { Sticks } from './sticks/sticks.ts';

/** Nobody reads faster; the horizon and the sticks move with every report. */
const FIGURES_EVERY_MS = 500;
/** Reports come ten times a second: past these ages they dim, and past the last they are gone. */
const DIM_AFTER_MS = 1_000;
const STALE_AFTER_MS = 2_000;
const GONE_AFTER_MS = 10_000;
/** A camera that sees 44 degrees from bottom to top. */
const PICTURE_DEGREES = 44;

/** The instruments over the picture: text and thin lines, drawn past React. Nothing where nothing flies. */
export function Hud() {
  const flight = useFlight();
  const isThere = useStore(flight.store, ({ state }) => state?.available === true);
  const isWanted = useStation(({ settings }) => settings.hud);
  return isThere && isWanted ? <Instruments /> : null;
}

function Instruments() {
  const flight = useFlight();
  const { station } = useDeck();
  const root = useRef<HTMLElement>(null);
  const words = say().flight;
  useEffect(
    () => (root.current === null ? undefined : drive(root.current, flight, station)),
    [flight, station],
  );
  return (
    <section ref={root} className={styles.hud} aria-label={words.instruments} data-age="gone">
      <svg className={styles.horizon} viewBox="-50 -50 100 100" aria-hidden="true">
        <g data-moves="horizon">
          <path d="M-30 0H-8M8 0H30" />
          <path d="M-6 -14H6M-6 14H6" className={styles.ladder} />
        </g>
        <circle r="2.2" className={styles.reticle} />
        <path d="M-4.5 0H-2.2M2.2 0H4.5M0 -3.4V-2.2" className={styles.reticle} />
      </svg>
      <dl className={styles.left}>
        <Reading name={words.height} figure="height" unit="m" />
        <Reading name={words.ground} figure="ground" unit="m" />
        <Reading name={words.climb} figure="climb" unit="m/s" />
        <Reading name={words.minutesLeft} figure="minutes" unit="min" />
        <Reading name={words.temperature} figure="temperature" unit="°C" />
      </dl>
      <dl className={styles.right}>
        <Reading name={words.speed} figure="speed" unit="m/s" />
        <Reading name={words.heading} figure="heading" unit="°" />
        <Reading name={words.flightTime} figure="time" unit="" />
        <Reading name={words.roundTrip} figure="roundTrip" unit="ms" />
        <Reading name={words.reportAge} figure="age" unit="s" />
        <Reading name={words.picturesLost} figure="lost" unit="" />
      </dl>
      <svg className={styles.sticks} viewBox="0 0 100 44" role="img" aria-label={words.sticksShown}>
        <StickBox x={22} moves="left" />
        <StickBox x={78} moves="right" />
      </svg>
    </section>
  );
}

function Reading({ name, figure, unit }: { name: string; figure: string; unit: string }) {
  return (
    <div className={styles.reading}>
      <dt>{name}</dt>
      <dd>
        <span data-figure={figure}>–</span>
        <span className={styles.unit}> {unit}</span>
      </dd>
    </div>
  );
}

function StickBox({ x, moves }: { x: number; moves: string }) {
  return (
    <g transform={`translate(${x} 22)`}>
      <rect x="-20" y="-20" width="40" height="40" rx="4" />
      <path d="M-3 0H3M0 -3V3" />
      <circle r="4" data-moves={moves} />
    </g>
  );
}

/** Moves what moves, as reports come. Returns the end of it. */
function drive(root: HTMLElement, flight: Flight, station: StationStore): () => void {
  const moving = (name: string) => root.querySelector(`[data-moves="${name}"]`);
  const horizon = moving('horizon');
  const left = moving('left');
  const right = moving('right');

  const move = () => {
    const newest = flight.telemetry.read();
    const { rollDegrees = 0, pitchDegrees = 0 } = newest?.report ?? {};
    const rise = (100 * pitchDegrees) / PICTURE_DEGREES;
    horizon?.setAttribute('transform', `rotate(${-rollDegrees}) translate(0 ${rise})`);
    const sticks: Sticks | undefined = flight.store.getState().state?.sticks;
    place(left, sticks?.yaw ?? 0, sticks?.up ?? 0);
    place(right, sticks?.right ?? 0, sticks?.forward ?? 0);
  };
  const figures = () => {
    const newest = flight.telemetry.read();
    const ageMs = newest?.ageMs ?? Number.POSITIVE_INFINITY;
    root.dataset.age = ageWord(ageMs);
    const known = ageMs > GONE_AFTER_MS ? null : (newest?.report ?? null);
    const texts = {
      ...hudFigures(known, flight.store.getState().state),
      ...linkFigures(newest?.ageMs ?? null, station.getState().status),
    };
    for (const [name, text] of Object.entries(texts)) {
      const place = root.querySelector(`[data-figure="${name}"]`);
      if (place !== null && place.textContent !== text) place.textContent = text;
    }
  };
  const stops = [flight.telemetry.listen(move), flight.store.subscribe(move)];
  // The header leaves the height to the instruments: one figure in two places may differ for a moment.
  document.documentElement.dataset.hud = 'on';
  const timer = setInterval(figures, FIGURES_EVERY_MS);
  move();
  figures();
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    delete document.documentElement.dataset.hud;
  };
}

function place(dot: Element | null, x: number, y: number): void {
  dot?.setAttribute('transform', `translate(${(x * 16) / 100} ${(-y * 16) / 100})`);
}

function ageWord(ageMs: number): string {
  if (ageMs > GONE_AFTER_MS) return 'gone';
  if (ageMs > STALE_AFTER_MS) return 'stale';
  return ageMs > DIM_AFTER_MS ? 'dim' : 'fresh';
}
