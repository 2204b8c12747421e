import type { EventName, EventPayload } from '../../shared/events.ts';

type Callback<N extends EventName> = (payload: EventPayload<N>) => void;
type CallbacksByName = { [N in EventName]: Set<Callback<N>> };
/** Hears every event by name, for a transport that carries them all. */
export type EventListener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** The station's events inside main, typed by name: the rooms emit, hosts and transports listen. */
export class StationEvents {
  readonly #callbacks: CallbacksByName = {
    status: new Set(),
    captures: new Set(),
    library: new Set(),
    series: new Set(),
    flightLog: new Set(),
    recording: new Set(),
    kept: new Set(),
    cameras: new Set(),
    settings: new Set(),
    sharing: new Set(),
    flight: new Set(),
    telemetry: new Set(),
  };
  readonly #listeners = new Set<EventListener>();

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    const callbacks: Set<Callback<N>> = this.#callbacks[name];
    for (const callback of callbacks) callback(payload);
    for (const listener of this.#listeners) listener(name, payload);
  }

  /** Whether anybody would hear: what costs something to tell is then not told. */
  get heard(): boolean {
    const byName = Object.values(this.#callbacks).some((callbacks) => callbacks.size > 0);
    return byName || this.#listeners.size > 0;
  }

  on<N extends EventName>(name: N, callback: Callback<N>): () => void {
    const callbacks: Set<Callback<N>> = this.#callbacks[name];
    callbacks.add(callback);
    return () => void callbacks.delete(callback);
  }

  onAny(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  clear(): void {
    for (const callbacks of Object.values(this.#callbacks)) callbacks.clear();
    this.#listeners.clear();
  }
}
