import { createStore } from 'zustand/vanilla';
import type { StationClient } from '../../shared/client.ts';
import type { FlightState, TelemetryReport } from '../../shared/flight.ts';

export type FlightStoreState = {
  /** Null until the station has told. */
  state: FlightState | null;
  /** When it came, on this page's monotonic clock. */
  stateAtMs: number;
  /** How the station calls this page among pilots; null until it has told. */
  you: string | null;
};

export type FlightStore = ReturnType<typeof createFlightStore>;

/** What the page knows of flying. Ten reports a second go past it: see `TelemetryTap`. */
export function createFlightStore() {
  return createStore<FlightStoreState>(() => ({ state: null, stateAtMs: 0, you: null }));
}

/** Keeps the store true: asks when the link opens, and takes every event after. Returns the end of it. */
export function followFlight(client: StationClient, store: FlightStore): () => void {
  const take = (state: FlightState) => store.setState({ state, stateAtMs: performance.now() });
  const ask = async () => {
    const reply = await client.request('flight.state', {});
    if (!reply.ok) return;
    const { you, ...state } = reply.value;
    store.setState({ you });
    take(state);
  };
  const stops = [
    client.on('flight', (state) => {
      const former = store.getState().state?.pilot?.id;
      take(state);
      // The desktop knows a page by another name once it has finished loading: asked whenever hands change.
      if (state.pilot !== null && state.pilot.id !== former) void ask();
    }),
    client.onLink((link) => {
      if (link === 'open') void ask();
      // What it was is not what it is; another link gives another name.
      else store.setState({ state: null, you: null });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The newest report, for what is drawn outside React ten times a second. */
export class TelemetryTap {
  #newest: TelemetryReport | null = null;
  #atMs = 0;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;

  constructor(client: StationClient) {
    const stops = [
      client.on('telemetry', (report) => {
        this.#newest = report;
        this.#atMs = performance.now() - report.ageMs;
        for (const listener of this.#listeners) listener();
      }),
      client.onLink((link) => {
        if (link !== 'open') this.#newest = null;
      }),
    ];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
  }

  /** The newest report with its age now; null before the first of this link. */
  read(): { report: TelemetryReport; ageMs: number } | null {
    if (this.#newest === null) return null;
    return { report: this.#newest, ageMs: performance.now() - this.#atMs };
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#listeners.clear();
    this.#stop();
  }
}

/** Whether this page's hands are on the controls. */
export function isPilot({ state, you }: Pick<FlightStoreState, 'state' | 'you'>): boolean {
  return you !== null && state?.pilot?.id === you;
}
