import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../../../electron/processes/child.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import {
  type ParentToSimulator,
  type SimulatorToParent,
  simulatorToParentSchema,
} from '../../../electron/simulator/messages.ts';
import type { Line } from '../../../electron/simulator/network/line-faults.ts';
import type { LineReport } from '../../../electron/simulator/network/line-record.ts';

const START_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** Room for a test that is slow to look: a few IDRs. */
const RECEIVE_BUFFER_BYTES = 1_000_000;

/** A simulator in its own process, as the app starts it. */
export type RunningSimulator = {
  child: Child;
  commandPort: number;
  messages: SimulatorToParent[];
  tell(message: ParentToSimulator): Promise<void>;
  report(line: Line, from?: number): Promise<LineReport>;
  end(): Promise<void>;
};

export async function runSimulator(...args: string[]): Promise<RunningSimulator> {
  const child = startNodeChild('simulator', { args: ['--port', '0', ...args] });
  const messages: SimulatorToParent[] = [];
  child.onMessage((message) => messages.push(simulatorToParentSchema.parse(message)));
  let isGone = false;
  child.onExit(() => {
    isGone = true;
  });
  await until(() => messages.length > 0 || isGone, START_TIMEOUT_MS);
  const [first] = messages;
  if (first?.type !== 'ready') throw new Error(`not ready: ${child.lastWords()}`);
  return {
    child,
    commandPort: first.commandPort,
    messages,
    async tell(message) {
      const before = messages.length;
      child.send(message);
      await until(() => messages.length > before);
    },
    async report(line, from = 0) {
      const before = messages.length;
      child.send({ type: 'line', line, from });
      await until(() => messages.length > before);
      const answer = messages.at(-1);
      if (answer?.type !== 'line') throw new Error('no report');
      return answer.report;
    },
    async end() {
      child.kill('SIGTERM');
      await until(() => isGone);
    },
  };
}

/** A Tello client on real sockets with ports of its own. */
export class DroneClient {
  readonly answers: string[] = [];
  readonly binaries: Buffer[] = [];
  readonly states: { text: string; fromPort: number }[] = [];
  readonly datagrams: Buffer[] = [];
  readonly #command: Socket;
  readonly #state: Socket;
  readonly #video: Socket;
  dronePort: number;

  private constructor(sockets: readonly [Socket, Socket, Socket], dronePort: number) {
    [this.#command, this.#state, this.#video] = sockets;
    this.dronePort = dronePort;
    this.#command.on('message', (message) => {
      if (message.every((byte) => byte < 0x80)) this.answers.push(message.toString());
      else this.binaries.push(message);
    });
    this.#state.on('message', (message, from) => {
      this.states.push({ text: message.toString(), fromPort: from.port });
    });
    this.#video.on('message', (message) => this.datagrams.push(message));
  }

  static async open(dronePort: number): Promise<DroneClient> {
    return new DroneClient([await bound(), await bound(), await bound()], dronePort);
  }

  say(text: string): void {
    this.#command.send(text, this.dronePort, '127.0.0.1');
  }

  /** Says it and waits for the next answer. */
  async ask(text: string): Promise<string> {
    const before = this.answers.length;
    this.say(text);
    await until(() => this.answers.length > before);
    return this.answers[before] ?? '';
  }

  /** For a drone that is to send to this client without being told its ports. */
  get portFlags(): string[] {
    const [state, video] = [this.#state.address().port, this.#video.address().port];
    return ['--state-port', String(state), '--video-port', String(video)];
  }

  /** `command`, then this client's own ports for state and video. */
  async connect(): Promise<void> {
    await this.ask('command');
    await this.ask(`port ${this.#state.address().port} ${this.#video.address().port}`);
  }

  close(): void {
    for (const socket of [this.#command, this.#state, this.#video]) socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Waits until something is so. Rejects when it does not happen. */
export async function until(isSo: () => boolean, timeoutMs = 10_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`never so: ${isSo}`);
    await sleep(POLL_MS);
  }
}

async function bound(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  return socket;
}
