import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Answer, Drone, type VideoChange } from './drone/drone.ts';
import type { SimulatorOptions } from './flags.ts';
import { applyFaults, type Faults, type FaultsPatch } from './network/faults.ts';
import { FaultyLine } from './network/faulty-line.ts';
import { LINES, type Line } from './network/line-faults.ts';
import type { LineReport } from './network/line-record.ts';
import { startPacing } from './pacing.ts';
import { scramble, seededRandom } from './seeded-random.ts';
import { DOWN_RESOLUTION, LOW_RESOLUTION, VideoStream } from './video-stream.ts';

/** A simulated drone with bound sockets. */
export type Simulator = {
  /** Where commands are answered. */
  readonly commandPort: number;
  readonly faults: Faults;
  setFaults(patch: FaultsPatch): Faults;
  /** What happened on a line; its faults from the `from`th on. */
  report(line: Line, from: number): LineReport;
  /** Closes the sockets and ends every timer; idempotent. */
  dispose(): void;
};

/** Captured: 10 Hz. */
const STATE_PERIOD_MS = 100;
/** The longest command of the guides has some 40 characters; what is longer is none. */
const MAX_COMMAND_BYTES = 256;
/** Answers that may wait for a set delay; a flood beyond it goes unanswered. */
const MAX_DELAYED_ANSWERS = 200;
/** How long the drone is away when it starts again. */
const BOOT_MS = 5_000;
/** Captured: a binary datagram of this size, beginning with 0xCC, right before the first `ok`. */
const GARBAGE_BYTES = 35;
const GARBAGE_FIRST_BYTE = 0xcc;

/** Text from or to this address. */
type Letter = { text: string; port: number; address: string };
type Lines = {
  video: FaultyLine<Uint8Array>;
  state: FaultyLine<Letter>;
  command: FaultyLine<Letter>;
  answer: FaultyLine<Letter>;
};

/** The one the drone listens to: who sent `command` last. */
type Client = { address: string; port: number; statePort: number; videoPort: number };

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
  readonly #commandSocket: Socket;
  readonly #videoSocket: Socket;
  readonly #onFailure: (error: Error) => void;
  readonly #drone: Drone;
  readonly #video: VideoStream;
  readonly #lines: Lines;
  readonly #random: () => number;
  readonly #delayedAnswers = new Set<NodeJS.Timeout>();
  #faults: Faults;
  #faultsSetAtMs = 0;
  #client: Client | null = null;
  #firstCommandAtMs: number | null = null;
  #steppedAtMs = 0;
  #stopState: (() => void) | null = null;
  #deafUntilMs = 0;
  #reboot: NodeJS.Timeout | null = null;
  #disposed = false;

  constructor(
    options: SimulatorOptions,
    commandSocket: Socket,
    videoSocket: Socket,
    onFailure: (error: Error) => void,
  ) {
    this.#options = options;
    this.#commandSocket = commandSocket;
    this.#videoSocket = videoSocket;
    this.#onFailure = onFailure;
    this.#faults = options.faults;
    this.#random = seededRandom(scramble(options.seed));
    this.commandPort = commandSocket.address().port;

    this.#lines = this.#openLines(options.seed);
    this.#video = new VideoStream(options.video, options.camera, options.seed, {
      begins: () => this.#lines.video.restart(),
      datagram: (datagram, part) =>
        this.#lines.video.send(datagram, part, this.#faults.noVideo || this.#isSilent()),
      faults: () => this.#faults,
      pose: (nowMs) => {
        this.#fly(nowMs);
        return this.#drone.pose(nowMs);
      },
      failed: onFailure,
    });
    this.#video.prepare();
    this.#drone = new Drone(options.batteryPercent, options.model, {
      stream: (on) => (on ? this.#video.start() : this.#stopVideo()),
      ports: (statePort, videoPort) => {
        if (this.#client) this.#client = { ...this.#client, statePort, videoPort };
      },
      video: (change) => this.#changeVideo(change),
      reboot: (afterMs) => this.#rebootAfter(afterMs),
      manners: () => this.#faults,
      surroundings: () => this.#faults,
    });

    commandSocket.on('message', (message, from) => this.#receive(message, from));
    for (const socket of [commandSocket, videoSocket]) {
      socket.on('error', (error) => this.#onFailure(error));
    }
  }

  get faults(): Faults {
    return this.#faults;
  }

  setFaults(patch: FaultsPatch): Faults {
    this.#faults = applyFaults(this.#faults, patch);
    this.#faultsSetAtMs = performance.now();
    for (const line of LINES) this.#lines[line].faults = this.#faults[line];
    return this.#faults;
  }

  report(line: Line, from: number): LineReport {
    return this.#lines[line].report(from);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#video.dispose();
    this.#stopState?.();
    for (const line of LINES) this.#lines[line].dispose();
    if (this.#reboot) clearTimeout(this.#reboot);
    for (const timer of this.#delayedAnswers) clearTimeout(timer);
    this.#delayedAnswers.clear();
    this.#commandSocket.close();
    this.#videoSocket.close();
  }

  #openLines(seed: number): Lines {
    const post = ({ text, port, address }: Letter) => this.#send(Buffer.from(text), port, address);
    const { video, state, command, answer } = this.#faults;
    return {
      video: new FaultyLine(seed + 1, video, (datagram) => this.#sendVideo(datagram)),
      state: new FaultyLine(seed + 2, state, post),
      command: new FaultyLine(seed + 3, command, (letter) => this.#obey(letter)),
      answer: new FaultyLine(seed + 4, answer, post),
    };
  }

  #receive(message: Buffer, from: RemoteInfo): void {
    if (message.length > MAX_COMMAND_BYTES) return;
    const text = message.toString('latin1').trim();
    // Like a real one: deaf to what is no text.
    if (!/^[\x20-\x7e]+$/.test(text)) return;
    if (performance.now() < this.#deafUntilMs) return;
    this.#lines.command.send({ text, port: from.port, address: from.address });
  }

  /** Like a real one: silent until `command`. */
  #obey({ text, ...from }: Letter): void {
    const { videoUnasked } = this.#faults;
    if (text === 'command' || videoUnasked) this.#adopt(from);
    if (videoUnasked) this.#video.start();
    const client = this.#client;
    if (client?.address !== from.address || client.port !== from.port) return;
    this.#drone.execute(text, performance.now(), (answer) => this.#answer(answer, client));
  }

  /** Whoever says `command` is the client; a new one starts without video and with the usual ports. */
  #adopt(from: { address: string; port: number }): void {
    if (this.#client?.address === from.address && this.#client.port === from.port) return;
    this.#stopVideo();
    this.#client = {
      address: from.address,
      port: from.port,
      statePort: this.#options.statePort,
      videoPort: this.#options.videoPort,
    };
    const nowMs = performance.now();
    this.#firstCommandAtMs ??= nowMs;
    if (this.#faults.garbageFirst) this.#send(this.#garbage(), from.port, from.address);
    if (this.#stopState) return;
    this.#steppedAtMs = nowMs;
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
      this.#deafUntilMs = performance.now() + BOOT_MS;
    }, afterMs);
  }

  #stopVideo(): void {
    this.#video.stop();
    // What was sent already arrives, and at the one it was meant for.
    this.#lines.video.flush();
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
    const { address, statePort: port } = client;
    this.#lines.state.send({ text: this.#drone.stateLine(), port, address });
  }

  #answer(answer: Answer, client: Client): void {
    if (answer === null) return;
    const { answerDelayMs } = this.#faults;
    const { address, port } = client;
    const send = () => this.#lines.answer.send({ text: answer, port, address });
    if (answerDelayMs === 0) {
      send();
      return;
    }
    if (this.#delayedAnswers.size >= MAX_DELAYED_ANSWERS) return;
    const timer = setTimeout(() => {
      this.#delayedAnswers.delete(timer);
      send();
    }, answerDelayMs);
    this.#delayedAnswers.add(timer);
  }

  /** Leaves from the command port, as answers and state do on a real unit. */
  #send(bytes: Uint8Array, port: number, address: string): void {
    if (this.#disposed || this.#isSilent()) return;
    this.#commandSocket.send(bytes, port, address, (error) => this.#sent(error));
  }

  #sendVideo(datagram: Uint8Array): void {
    const client = this.#client;
    if (this.#disposed || !client) return;
    this.#videoSocket.send(datagram, client.videoPort, client.address, (error) =>
      this.#sent(error),
    );
  }

  /** Nobody listening is no failure of a radio: only a socket that cannot send at all is one. */
  #sent(error: Error | null): void {
    if (!error || this.#disposed) return;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'ECONNREFUSED' || code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return;
    this.#onFailure(error);
  }

  #isSilent(): boolean {
    const { silenceAfterS, silenceForS } = this.#faults;
    if (silenceAfterS === null || this.#firstCommandAtMs === null) return false;
    const fromMs = Math.max(this.#firstCommandAtMs, this.#faultsSetAtMs) + silenceAfterS * 1_000;
    const untilMs = silenceForS === null ? Number.POSITIVE_INFINITY : fromMs + silenceForS * 1_000;
    const nowMs = performance.now();
    return nowMs >= fromMs && nowMs < untilMs;
  }

  #changeVideo(change: VideoChange): void {
    const usual = this.#options.video;
    const settings = { ...this.#video.settings };
    if (change.fps !== undefined) settings.fps = change.fps;
    // 0 stands for "automatic".
    if (change.bitrateBps !== undefined) {
      settings.bitrateBps = change.bitrateBps === 0 ? usual.bitrateBps : change.bitrateBps;
    }
    if (change.resolution === 'low') Object.assign(settings, LOW_RESOLUTION);
    if (change.looksDown !== undefined) settings.looksDown = change.looksDown;
    if (change.looksDown) Object.assign(settings, DOWN_RESOLUTION);
    if (change.resolution === 'high' || change.looksDown === false) {
      settings.width = usual.width;
      settings.height = usual.height;
    }
    this.#video.change(settings);
  }

  #garbage(): Uint8Array {
    const bytes = Uint8Array.from({ length: GARBAGE_BYTES }, () =>
      Math.floor(this.#random() * 256),
    );
    bytes[0] = GARBAGE_FIRST_BYTE;
    return bytes;
  }
}

/** Addresses are numbers here already: looking each one up would cost a turn of the loop per datagram. */
async function bindSocket(host: string, port: number): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    lookup: (address, _options, done) => done(null, address, 4),
  });
  try {
    // Listened for first: with this lookup the socket may be bound before `bind` returns.
    const listening = once(socket, 'listening');
    socket.bind(port, host);
    await listening;
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
