import type { Socket } from 'node:dgram';
import type { DroneStatus } from '../../../../shared/status.ts';
import { nowUs } from '../../../base/clock.ts';
import { bindUdp, closeUdp } from '../network/udp-socket.ts';
import { type DroneState, parseStateLine } from './state-line.ts';

/** The drone's state, 10 times a second over UDP: only the newest is kept. */
export class TelemetryLink {
  /** Datagrams that could not be read or came from elsewhere. */
  ignored = 0;
  readonly localPort: number;
  readonly #socket: Socket;
  #newest: { state: DroneState; atUs: number } | null = null;
  #closing: Promise<void> | undefined;

  private constructor(socket: Socket, host: string, onError: (error: Error) => void) {
    this.#socket = socket;
    this.localPort = socket.address().port;
    socket.on('error', onError);
    socket.on('message', (datagram, from) => {
      const state = from.address === host ? parseStateLine(datagram) : null;
      if (state === null) this.ignored++;
      else this.#newest = { state, atUs: nowUs() };
    });
  }

  /** Listens on `port` (0 = any) for the drone at `host` (IPv4). Rejects with `port-in-use` or `cancelled`. */
  static async open(
    host: string,
    port: number,
    onError: (error: Error) => void,
    signal: AbortSignal,
  ): Promise<TelemetryLink> {
    return new TelemetryLink(await bindUdp('state', port, host, signal), host, onError);
  }

  get state(): DroneState | null {
    return this.#newest?.state ?? null;
  }

  /** The part of it that belongs into the status; null before the first datagram. */
  status(): DroneStatus | null {
    if (this.#newest === null) return null;
    const { state, atUs } = this.#newest;
    const temperatureC = state.highestTemperatureC ?? state.lowestTemperatureC;
    return {
      ...(state.batteryPercent === undefined ? {} : { batteryPercent: state.batteryPercent }),
      ...(state.heightCm === undefined ? {} : { heightCm: state.heightCm }),
      ...(temperatureC === undefined ? {} : { temperatureC }),
      ageMs: (nowUs() - atUs) / 1_000,
    };
  }

  dispose(): Promise<void> {
    this.#closing ??= closeUdp(this.#socket);
    return this.#closing;
  }
}
