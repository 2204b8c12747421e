import type { Socket } from 'node:dgram';
import type { VideoLinkStatus } from '../../../../shared/status.ts';
import { nowUs } from '../../../base/clock.ts';
import type { StationError } from '../../../base/failures.ts';
import { LastingSocket } from '../network/lasting-socket.ts';
import { AccessUnitAssembler } from './access-units.ts';
import { HealedVideo, type HealedVideoSink } from './healed-video.ts';

/**
 * Asked of the system for datagrams that wait while this process is busy: two seconds of the fastest
 * stream. Linux gives what `net.core.rmem_max` allows, often a fifth of it; the status tells.
 */
const RECEIVE_BUFFER_BYTES = 1_048_576;

export type VideoLinkOptions = {
  /** IPv4 address of the drone; what others send is ignored and counted. */
  host: string;
  /** Local port; 0 = any free one. */
  port: number;
  retryDelaysMs: readonly [number, ...number[]];
  /** Called for every datagram of the drone's, before its unit comes out. */
  onDatagram(atUs: number): void;
  /** Why no video can arrive now; null when that is over. */
  onTrouble(error: StationError | null): void;
} & HealedVideoSink;

/** The drone's video: the one socket it arrives at, its datagrams joined to pictures, and these healed. */
export class VideoLink {
  datagrams = 0;
  readonly #assembler: AccessUnitAssembler;
  readonly #healed: HealedVideo;
  readonly #options: VideoLinkOptions;
  #bytes = 0;
  #receiveBufferBytes = 0;
  /** Set by `open` before anything can arrive. */
  #socket: LastingSocket | null = null;
  #quietTimer: NodeJS.Timeout | undefined;
  #disposed = false;

  private constructor(options: VideoLinkOptions) {
    this.#options = options;
    this.#healed = new HealedVideo(options);
    this.#assembler = new AccessUnitAssembler(this.#healed);
  }

  /** Rejects with `port-in-use`, `system-limit` or `cancelled`. */
  static async open(options: VideoLinkOptions, signal: AbortSignal): Promise<VideoLink> {
    const link = new VideoLink(options);
    const { host, port, retryDelaysMs, onTrouble } = options;
    link.#socket = await LastingSocket.open(
      {
        purpose: 'video',
        port,
        peer: host,
        retryDelaysMs,
        onBound: (socket) => {
          link.#receiveBufferBytes = enlargeReceiveBuffer(socket);
        },
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

  /** What went wrong with units of the video so far, by kind. */
  get units(): Readonly<Record<string, number>> {
    const { waiting, ...healing } = this.#healed.counts;
    const assembled = this.#assembler.counts;
    return { ...assembled, ...healing, waiting: assembled.waiting + waiting };
  }

  status(): VideoLinkStatus {
    const foreign = this.#socket?.foreign ?? 0;
    return {
      localPort: this.localPort,
      datagrams: this.datagrams,
      bytes: this.#bytes,
      ignored: foreign,
      foreign,
      socketErrors: this.#socket?.errors ?? 0,
      rebinds: this.#socket?.rebinds ?? 0,
      receiveBufferBytes: this.#receiveBufferBytes,
      units: this.units,
    };
  }

  /** After a silence: what refers to lost pictures is not delivered. */
  waitForKeyframe(): void {
    this.#assembler.waitForKeyframe();
    this.#healed.reset();
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#quietTimer);
    await this.#socket?.dispose();
  }

  #receive(datagram: Uint8Array): void {
    const atUs = nowUs();
    this.datagrams++;
    this.#bytes += datagram.length;
    this.#options.onDatagram(atUs);
    this.#assembler.push(datagram, atUs);
    if (this.#assembler.open) this.#watchForQuiet();
  }

  /** One timer however many datagrams come; it looks again for as long as a unit is under way. */
  #watchForQuiet(): void {
    if (this.#quietTimer !== undefined || this.#disposed) return;
    this.#quietTimer = setTimeout(() => {
      this.#quietTimer = undefined;
      this.#assembler.closeIfQuiet(nowUs());
      if (this.#assembler.open) this.#watchForQuiet();
    }, this.#assembler.quietUs / 1_000);
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
