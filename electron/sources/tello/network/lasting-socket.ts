import type { RemoteInfo, Socket } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import { RetryDelays } from '../../../../shared/retry-delays.ts';
import { pause } from '../../../base/abortable.ts';
import { cancelled, isStationError, StationError } from '../../../base/failures.ts';
import { bindUdp, closeUdp, explainSocketError, type UdpPurpose } from './udp-socket.ts';

/** A socket that lived this long was sound: the next failure begins with the shortest delay again. */
const SOUND_AFTER_MS = 60_000;

export type LastingSocketOptions = {
  purpose: UdpPurpose;
  /** Local port; 0 = any free one, and the same one again after a failure. */
  port: number;
  /** IPv4 address of the other side; what others send is counted and never passed on. */
  peer: string;
  /** Waits before the second and every later try to bind again; the last one repeats. */
  retryDelaysMs: readonly [number, ...number[]];
  onMessage(datagram: Uint8Array, from: RemoteInfo): void;
  /** Called with every new socket, before anything arrives at it. */
  onBound?(socket: Socket): void;
  /** Why nothing can come or go now; null when that is over. */
  onTrouble?(error: StationError | null): void;
};

/**
 * One UDP port for as long as it is wanted. A socket that fails (its network vanished, the computer slept)
 * is closed and bound again by itself, at once and then with growing delays; nobody else's link is touched.
 */
export class LastingSocket {
  /** Datagrams from elsewhere. */
  foreign = 0;
  errors = 0;
  rebinds = 0;
  readonly localPort: number;
  readonly #options: LastingSocketOptions;
  readonly #end = new AbortController();
  readonly #delays: RetryDelays;
  #socket: Socket | null;
  #boundAtMs = 0;
  #closing: Promise<void> | undefined;
  /** Settles when no old socket is left and no new one is being bound. */
  #mending: Promise<void> = Promise.resolve();

  private constructor(socket: Socket, options: LastingSocketOptions) {
    this.#options = options;
    this.#delays = new RetryDelays([0, ...options.retryDelaysMs], SOUND_AFTER_MS);
    this.#socket = socket;
    this.localPort = socket.address().port;
    this.#attach(socket);
  }

  /** Rejects with `port-in-use`, `system-limit` or `cancelled`. */
  static async open(options: LastingSocketOptions, signal: AbortSignal): Promise<LastingSocket> {
    const socket = await bindUdp(options.purpose, options.port, options.peer, signal);
    return new LastingSocket(socket, options);
  }

  /** Sends at once; resolves when the datagram left. Rejects with what the system said, or while there is no socket. */
  send(data: string, port: number): Promise<void> {
    const socket = this.#socket;
    if (socket === null) return Promise.reject(this.#unbound());
    return new Promise((resolve, reject) => {
      socket.send(data, port, this.#options.peer, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  dispose(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#end.abort();
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) await closeUdp(socket);
    await this.#mending;
  }

  #attach(socket: Socket): void {
    this.#boundAtMs = performance.now();
    this.#options.onBound?.(socket);
    socket.on('message', (datagram, from) => {
      if (from.address === this.#options.peer) this.#options.onMessage(datagram, from);
      else this.foreign++;
    });
    socket.on('error', (error) => {
      this.errors++;
      if (socket !== this.#socket) return;
      this.#socket = null;
      this.#delays.wasHealthyFor(performance.now() - this.#boundAtMs);
      this.#options.onTrouble?.(explainSocketError(error, this.#options.purpose));
      this.#mending = this.#mend(socket);
    });
  }

  async #mend(broken: Socket): Promise<void> {
    const { purpose, peer } = this.#options;
    const signal = this.#end.signal;
    await closeUdp(broken);
    while (!signal.aborted) {
      try {
        await pause(this.#delays.nextMs(), signal);
        const socket = await bindUdp(purpose, this.localPort, peer, signal);
        if (signal.aborted) return await closeUdp(socket);
        this.#socket = socket;
        this.rebinds++;
        this.#attach(socket);
        this.#options.onTrouble?.(null);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.errors++;
        this.#options.onTrouble?.(
          isStationError(error) ? error : explainSocketError(error, purpose),
        );
      }
    }
  }

  #unbound(): StationError {
    if (this.#end.signal.aborted) return cancelled();
    return new StationError(
      'network-unreachable',
      `The socket for the drone’s ${this.#options.purpose} failed and is being opened again.`,
      { tip: 'Join the drone’s Wi-Fi again; the connection comes back by itself.' },
    );
  }
}
