import type { Socket } from 'node:dgram';
import { nowUs } from '../../../base/clock.ts';
import { bindUdp, closeUdp } from '../network/udp-socket.ts';
import { AccessUnitAssembler, type AccessUnitCounts, type AccessUnitSink } from './access-units.ts';

/**
 * Asked of the system for datagrams that wait while this process is busy: two seconds of the fastest
 * stream. Linux gives what `net.core.rmem_max` allows, often a fifth of it; `receiveBufferBytes` tells.
 */
const RECEIVE_BUFFER_BYTES = 1_048_576;

export type VideoLinkOptions = {
  /** IPv4 address of the drone; what others send is ignored and counted. */
  host: string;
  /** Local port; 0 = any free one. */
  port: number;
  quietCloseMs: number;
  /** Called for every datagram of the drone's, before its unit comes out. */
  onDatagram(atUs: number): void;
  onError(error: Error): void;
} & AccessUnitSink;

/** The drone's video: the one socket it arrives at, feeding the assembler. */
export class VideoLink {
  datagrams = 0;
  bytes = 0;
  /** Datagrams from elsewhere. */
  ignored = 0;
  readonly localPort: number;
  readonly receiveBufferBytes: number;
  readonly #socket: Socket;
  readonly #assembler: AccessUnitAssembler;
  readonly #quietCloseMs: number;
  #quietTimer: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(socket: Socket, options: VideoLinkOptions) {
    this.#socket = socket;
    this.#assembler = new AccessUnitAssembler(options);
    this.#quietCloseMs = options.quietCloseMs;
    this.localPort = socket.address().port;
    this.receiveBufferBytes = enlargeReceiveBuffer(socket);
    socket.on('error', options.onError);
    socket.on('message', (datagram, from) => {
      if (from.address !== options.host) {
        this.ignored++;
        return;
      }
      const atUs = nowUs();
      this.datagrams++;
      this.bytes += datagram.length;
      options.onDatagram(atUs);
      this.#assembler.push(datagram, atUs);
      if (this.#assembler.open) this.#watchForQuiet();
    });
  }

  /** Rejects with `port-in-use` or `cancelled`. */
  static async open(options: VideoLinkOptions, signal: AbortSignal): Promise<VideoLink> {
    return new VideoLink(await bindUdp('video', options.port, options.host, signal), options);
  }

  get counts(): Readonly<AccessUnitCounts> {
    return this.#assembler.counts;
  }

  /** After a silence: what refers to lost pictures is not delivered. */
  waitForKeyframe(): void {
    this.#assembler.waitForKeyframe();
  }

  dispose(): Promise<void> {
    clearTimeout(this.#quietTimer);
    this.#closing ??= closeUdp(this.#socket);
    return this.#closing;
  }

  /** One timer however many datagrams come; it looks again for as long as a unit is under way. */
  #watchForQuiet(): void {
    if (this.#quietTimer !== undefined || this.#closing !== undefined) return;
    this.#quietTimer = setTimeout(() => {
      this.#quietTimer = undefined;
      this.#assembler.closeIfQuiet(nowUs(), this.#quietCloseMs * 1_000);
      if (this.#assembler.open) this.#watchForQuiet();
    }, this.#quietCloseMs);
  }
}

/** Returns what the socket has afterwards; the system may give less than asked, or refuse to change it. */
function enlargeReceiveBuffer(socket: Socket): number {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    return socket.getRecvBufferSize();
  }
  return socket.getRecvBufferSize();
}
