import type { Socket } from 'node:dgram';
import { Drone } from './drone/drone.ts';
import type { SimulatorOptions } from './flags.ts';
import { bindSocket } from './network/bind-socket.ts';
import type { Faults, FaultsPatch } from './network/faults.ts';
import type { Line } from './network/line-faults.ts';
import type { LineReport } from './network/line-record.ts';
import { type Address, Radio } from './network/radio.ts';
import { startPacing } from './pacing.ts';
import { changedVideo } from './video-settings.ts';
import { VideoStream } from './video-stream.ts';

/** A simulated drone with bound sockets. */
export type Simulator = {
  /** Where commands are answered. */
  readonly commandPort: number;
  setFaults(patch: FaultsPatch): Faults;
  /** What happened on a line; its faults from the `from`th on. */
  report(line: Line, from: number): LineReport;
  /** Closes the sockets and ends every timer; idempotent. */
  dispose(): void;
};

/** Captured: 10 Hz. */
const STATE_PERIOD_MS = 100;
/** How long the drone is away when it starts again. */
const BOOT_MS = 5_000;

/** The one the drone listens to: who sent `command` last. */
type Client = Address & { statePort: number; videoPort: number };

/**
 * Starts the drone: binds its command socket and a socket that video leaves from. Rejects with the
 * system's error where the address cannot be bound; `onFailure` is told what goes wrong later.
 */
export async function startSimulator(
  options: SimulatorOptions,
  onFailure: (error: Error) => void,
): Promise<Simulator> {
  const commandSocket = await bindSocket(options.host, options.port);
  const videoSocket = await bindSocket(options.host, 0).catch((error) => {
    commandSocket.close();
    throw error;
  });
  return new RunningSimulator(options, commandSocket, videoSocket, onFailure);
}

class RunningSimulator implements Simulator {
  readonly commandPort: number;
  readonly #options: SimulatorOptions;
  readonly #radio: Radio;
  readonly #drone: Drone;
  readonly #video: VideoStream;
  #client: Client | null = null;
  #steppedAtMs = 0;
  #stopState: (() => void) | null = null;
  #reboot: NodeJS.Timeout | null = null;

  constructor(
    options: SimulatorOptions,
    commandSocket: Socket,
    videoSocket: Socket,
    failed: (error: Error) => void,
  ) {
    this.#options = options;
    this.commandPort = commandSocket.address().port;
    const { seed, faults } = options;
    this.#radio = new Radio({
      commandSocket,
      videoSocket,
      seed,
      faults,
      heard: (text, from) => this.#obey(text, from),
      videoTo: () =>
        this.#client && { address: this.#client.address, port: this.#client.videoPort },
      failed,
    });
    this.#video = new VideoStream(options.video, options.camera, seed, {
      begins: () => this.#radio.videoBegins(),
      datagram: (datagram, part) => this.#radio.video(datagram, part),
      faults: () => this.#radio.faults,
      pose: (nowMs) => {
        this.#fly(nowMs);
        return this.#drone.pose(nowMs);
      },
      failed,
    });
    this.#video.prepare();
    this.#drone = new Drone(options.batteryPercent, options.model, {
      stream: (on) => (on ? this.#video.start() : this.#stopVideo()),
      ports: (statePort, videoPort) => {
        if (this.#client) this.#client = { ...this.#client, statePort, videoPort };
      },
      video: (change) =>
        this.#video.change(changedVideo(this.#video.settings, options.video, change)),
      reboot: (afterMs) => this.#rebootAfter(afterMs),
      manners: () => this.#radio.faults,
      surroundings: () => this.#radio.faults,
    });
  }

  setFaults(patch: FaultsPatch): Faults {
    return this.#radio.setFaults(patch);
  }

  report(line: Line, from: number): LineReport {
    return this.#radio.report(line, from);
  }

  dispose(): void {
    this.#video.dispose();
    this.#stopState?.();
    if (this.#reboot) clearTimeout(this.#reboot);
    this.#radio.dispose();
  }

  /** Like a real one: silent until `command`. */
  #obey(text: string, from: Address): void {
    const { videoUnasked } = this.#radio.faults;
    if (text === 'command' || videoUnasked) this.#adopt(from);
    if (videoUnasked) this.#video.start();
    const client = this.#client;
    if (client?.address !== from.address || client.port !== from.port) return;
    this.#drone.execute(text, performance.now(), (answer) => {
      if (answer !== null) this.#radio.answer(answer, from);
    });
  }

  /** Whoever says `command` is the client; a new one starts without video and with the usual ports. */
  #adopt(from: Address): void {
    if (this.#client?.address === from.address && this.#client.port === from.port) return;
    this.#stopVideo();
    const { statePort, videoPort } = this.#options;
    this.#client = { ...from, statePort, videoPort };
    this.#radio.greet(from);
    if (this.#stopState) return;
    this.#steppedAtMs = performance.now();
    this.#stopState = startPacing(STATE_PERIOD_MS, () => this.#beat());
  }

  /** Switched off and on: nothing comes for a while, and nobody is its client. */
  #rebootAfter(afterMs: number): void {
    if (this.#reboot) clearTimeout(this.#reboot);
    this.#reboot = setTimeout(() => {
      this.#reboot = null;
      this.#stopVideo();
      this.#video.change(this.#options.video);
      this.#drone.restart();
      this.#client = null;
      this.#stopState?.();
      this.#stopState = null;
      this.#radio.deafFor(BOOT_MS);
    }, afterMs);
  }

  #stopVideo(): void {
    this.#video.stop();
    this.#radio.videoEnds();
  }

  /** Up to now; the camera asks oftener than the beat. */
  #fly(nowMs: number): void {
    this.#drone.step(nowMs - this.#steppedAtMs, nowMs);
    this.#steppedAtMs = nowMs;
  }

  /** One state line, ten times a second. */
  #beat(): void {
    this.#fly(performance.now());
    const client = this.#client;
    if (!client) return;
    this.#radio.state(this.#drone.stateLine(), { address: client.address, port: client.statePort });
  }
}
