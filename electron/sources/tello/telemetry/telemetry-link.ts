import type { DroneStatus, StateLinkStatus } from '../../../../shared/status.ts';
import { nowUs } from '../../../base/clock.ts';
import type { StationError } from '../../../base/failures.ts';
import type { Telemetry } from '../../../video/drone-controls.ts';
import { LastingSocket } from '../network/lasting-socket.ts';
import { parseStateLine } from './state-line.ts';

type Listener = (telemetry: Telemetry) => void;

export type TelemetryLinkOptions = {
  /** IPv4 address of the drone. */
  host: string;
  /** Local port; 0 = any free one. */
  port: number;
  retryDelaysMs: readonly [number, ...number[]];
  /** Why no state can arrive now; null when that is over. */
  onTrouble(error: StationError | null): void;
};

/** The drone's state, 10 times a second over UDP: the newest is kept, and passed on to whoever listens. */
export class TelemetryLink {
  readonly #listeners = new Set<Listener>();
  /** Set by `open` before anything can arrive. */
  #socket: LastingSocket | null = null;
  #lines = 0;
  #unreadable = 0;
  #newest: Telemetry | null = null;

  /** Rejects with `port-in-use`, `system-limit` or `cancelled`. */
  static async open(options: TelemetryLinkOptions, signal: AbortSignal): Promise<TelemetryLink> {
    const link = new TelemetryLink();
    const { host, port, retryDelaysMs, onTrouble } = options;
    link.#socket = await LastingSocket.open(
      {
        purpose: 'state',
        port,
        peer: host,
        retryDelaysMs,
        onMessage: (datagram) => link.#receive(datagram),
        onTrouble,
      },
      signal,
    );
    return link;
  }

  get localPort(): number {
    return this.#socket?.localPort ?? 0;
  }

  /** Calls with every state from now on; returns the end of it. */
  listen(listener: Listener): () => void {
    // A function of its own for each call, so that the same listener may be there twice.
    const entry: Listener = (telemetry) => listener(telemetry);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  /** Null before the first datagram. */
  get ageMs(): number | null {
    return this.#newest === null ? null : (nowUs() - this.#newest.atUs) / 1_000;
  }

  /** The part of it that belongs into the status; null before the first datagram. */
  droneStatus(): DroneStatus | null {
    const ageMs = this.ageMs;
    if (this.#newest === null || ageMs === null) return null;
    const { state } = this.#newest;
    const temperatureC = state.highestTemperatureC ?? state.lowestTemperatureC;
    return {
      ...(state.batteryPercent === undefined ? {} : { batteryPercent: state.batteryPercent }),
      ...(state.heightCm === undefined ? {} : { heightCm: state.heightCm }),
      ...(temperatureC === undefined ? {} : { temperatureC }),
      ageMs,
    };
  }

  linkStatus(): StateLinkStatus {
    const foreign = this.#socket?.foreign ?? 0;
    return {
      localPort: this.localPort,
      lines: this.#lines,
      ignored: this.#unreadable + foreign,
      foreign,
      socketErrors: this.#socket?.errors ?? 0,
      rebinds: this.#socket?.rebinds ?? 0,
    };
  }

  async dispose(): Promise<void> {
    this.#listeners.clear();
    await this.#socket?.dispose();
  }

  #receive(datagram: Uint8Array): void {
    const state = parseStateLine(datagram);
    if (state === null) {
      this.#unreadable++;
      return;
    }
    this.#lines++;
    const telemetry = { state, atUs: nowUs() };
    this.#newest = telemetry;
    for (const listener of this.#listeners) listener(telemetry);
  }
}
