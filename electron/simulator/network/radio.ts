import type { RemoteInfo, Socket } from 'node:dgram';
import { scramble, seededRandom } from '../seeded-random.ts';
import { DelayedAnswers } from './delayed-answers.ts';
import { applyFaults, type Faults, type FaultsPatch } from './faults.ts';
import { FaultyLine } from './faulty-line.ts';
import { LINES, type Line } from './line-faults.ts';
import type { LineReport, VideoPart } from './line-record.ts';

/** The longest command of the guides has some 40 characters; what is longer is none. */
const MAX_COMMAND_BYTES = 256;
/** Captured: a binary datagram of this size, beginning with 0xCC, right before the first `ok`. */
const GARBAGE_BYTES = 35;
const GARBAGE_FIRST_BYTE = 0xcc;

export type Address = { address: string; port: number };
/** Text from or to an address. */
type Letter = Address & { text: string };
type Lines = {
  video: FaultyLine<Uint8Array>;
  state: FaultyLine<Letter>;
  command: FaultyLine<Letter>;
  answer: FaultyLine<Letter>;
};

type RadioOptions = {
  commandSocket: Socket;
  videoSocket: Socket;
  seed: number;
  faults: Faults;
  /** A command that arrived. */
  heard(text: string, from: Address): void;
  /** Where video goes now; null = nowhere. */
  videoTo(): Address | null;
  failed(error: Error): void;
};

/** What arrives at the drone and leaves it, with everything that can happen to it on the way. */
export class Radio {
  readonly #options: RadioOptions;
  readonly #lines: Lines;
  readonly #delayedAnswers = new DelayedAnswers();
  readonly #random: () => number;
  #faults: Faults;
  #faultsSetAtMs = 0;
  #firstCommandAtMs: number | null = null;
  #deafUntilMs = 0;
  #disposed = false;

  constructor(options: RadioOptions) {
    this.#options = options;
    this.#faults = options.faults;
    this.#random = seededRandom(scramble(options.seed));
    this.#lines = this.#openLines(options.seed);
    const { commandSocket, videoSocket } = options;
    commandSocket.on('message', (message, from) => this.#receive(message, from));
    for (const socket of [commandSocket, videoSocket]) {
      socket.on('error', (error) => options.failed(error));
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

  /** Somebody new is there: a silence that was set counts from the first time. */
  greet(to: Address): void {
    this.#firstCommandAtMs ??= performance.now();
    if (this.#faults.garbageFirst) this.#send(this.#garbage(), to);
  }

  answer(text: string, { address, port }: Address): void {
    this.#delayedAnswers.after(this.#faults.answerDelayMs, () =>
      this.#lines.answer.send({ text, port, address }),
    );
  }

  state(text: string, { address, port }: Address): void {
    this.#lines.state.send({ text, port, address });
  }

  video(datagram: Uint8Array, part: VideoPart): void {
    this.#lines.video.send(datagram, part, this.#faults.noVideo || this.#isSilent());
  }

  videoBegins(): void {
    this.#lines.video.restart();
  }

  /** What was sent already arrives, and at the one it was meant for. */
  videoEnds(): void {
    this.#lines.video.flush();
  }

  deafFor(ms: number): void {
    this.#deafUntilMs = performance.now() + ms;
  }

  /** Idempotent. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const line of LINES) this.#lines[line].dispose();
    this.#delayedAnswers.dispose();
    this.#options.commandSocket.close();
    this.#options.videoSocket.close();
  }

  #openLines(seed: number): Lines {
    const post = ({ text, ...to }: Letter) => this.#send(Buffer.from(text), to);
    const { video, state, command, answer } = this.#faults;
    return {
      video: new FaultyLine(seed + 1, video, (datagram) => this.#sendVideo(datagram)),
      state: new FaultyLine(seed + 2, state, post),
      command: new FaultyLine(seed + 3, command, ({ text, ...from }) =>
        this.#options.heard(text, from),
      ),
      answer: new FaultyLine(seed + 4, answer, post),
    };
  }

  #receive(message: Buffer, { address, port }: RemoteInfo): void {
    if (message.length > MAX_COMMAND_BYTES) return;
    const text = message.toString('latin1').trim();
    // Like a real one: deaf to what is no text.
    if (!/^[\x20-\x7e]+$/.test(text)) return;
    if (performance.now() < this.#deafUntilMs) return;
    this.#lines.command.send({ text, port, address });
  }

  /** Leaves from the command port, as answers and state do on a real unit. */
  #send(bytes: Uint8Array, { port, address }: Address): void {
    if (this.#disposed || this.#isSilent()) return;
    this.#options.commandSocket.send(bytes, port, address, (error) => this.#sent(error));
  }

  #sendVideo(datagram: Uint8Array): void {
    const to = this.#options.videoTo();
    if (this.#disposed || !to) return;
    this.#options.videoSocket.send(datagram, to.port, to.address, (error) => this.#sent(error));
  }

  /** Nobody listening is no failure of a radio: only a socket that cannot send at all is one. */
  #sent(error: Error | null): void {
    if (!error || this.#disposed) return;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'ECONNREFUSED' || code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return;
    this.#options.failed(error);
  }

  #isSilent(): boolean {
    const { silenceAfterS, silenceForS } = this.#faults;
    if (silenceAfterS === null || this.#firstCommandAtMs === null) return false;
    const fromMs = Math.max(this.#firstCommandAtMs, this.#faultsSetAtMs) + silenceAfterS * 1_000;
    const untilMs = silenceForS === null ? Number.POSITIVE_INFINITY : fromMs + silenceForS * 1_000;
    const nowMs = performance.now();
    return nowMs >= fromMs && nowMs < untilMs;
  }

  #garbage(): Uint8Array {
    const bytes = Uint8Array.from({ length: GARBAGE_BYTES }, () =>
      Math.floor(this.#random() * 256),
    );
    bytes[0] = GARBAGE_FIRST_BYTE;
    return bytes;
  }
}
