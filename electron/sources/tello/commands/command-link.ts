import type { RemoteInfo, Socket } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import { pause } from '../../../base/abortable.ts';
import { cancelled, StationError } from '../../../base/failures.ts';
import { bindUdp, closeUdp, explainSendError, isLoopback } from '../network/udp-socket.ts';
import type { TelloTimings } from '../timings.ts';
import { JOIN_WIFI_TIP } from '../tips.ts';
import { AnswerWait } from './answer-wait.ts';
import {
  type AnswerShape,
  answerShape,
  couldAnswer,
  hasShape,
  mayBeRepeated,
  parseAnswer,
} from './answers.ts';
import { AnswersToCome } from './answers-to-come.ts';
import { type CommandOptions, CommandQueue } from './command-queue.ts';

/** The drone answers other ports too, but real units want to be spoken to from this one. */
const VENDOR_LOCAL_PORT = 8889;

export type CommandCounts = {
  sent: number;
  answered: number;
  /** Datagrams that are no answer: binary, too long, or from elsewhere. */
  ignored: number;
  /** Answers that came when nobody waited for them any more, or twice. */
  late: number;
  socketErrors: number;
};

/**
 * The text commands to a Tello over one UDP socket: one in flight, the others wait.
 *
 * Answers carry no number, and real units answer very late or once for two commands. So after a command
 * that went unanswered (or was tried more than once) the link gets back in step before it sends the
 * next: it asks something whose answer has a shape of its own and throws away what comes before it.
 * `command` alone goes out without that: a drone that was switched off and on understands nothing else
 * until then, and whose `ok` that was does not matter, since the link stays out of step afterwards.
 */
export class CommandLink {
  readonly counts: CommandCounts = {
    sent: 0,
    answered: 0,
    ignored: 0,
    late: 0,
    socketErrors: 0,
  };
  readonly #socket: Socket;
  readonly #host: string;
  readonly #port: number;
  readonly #timings: TelloTimings;
  readonly #end = new AbortController();
  readonly #queue = new CommandQueue();
  readonly #toCome = new AnswersToCome();
  #running = false;
  #wait: AnswerWait | null = null;
  #lastExchangeMs = Number.NEGATIVE_INFINITY;
  #keepAlive: NodeJS.Timeout | undefined;
  #closing: Promise<void> | undefined;

  private constructor(socket: Socket, host: string, port: number, timings: TelloTimings) {
    this.#socket = socket;
    this.#host = host;
    this.#port = port;
    this.#timings = timings;
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    // A failed send is reported to its command by the send itself.
    socket.on('error', () => this.counts.socketErrors++);
  }

  /** Opens the link to `host` (an IPv4 address). Rejects with `port-in-use` or `cancelled`. */
  static async open(
    host: string,
    port: number,
    timings: TelloTimings,
    signal: AbortSignal,
  ): Promise<CommandLink> {
    const localPort = isLoopback(host) ? 0 : VENDOR_LOCAL_PORT;
    return new CommandLink(await bindUdp('command', localPort, host, signal), host, port, timings);
  }

  /**
   * Sends one command when its turn comes; resolves with the answer, whatever it says. Rejects with
   * `drone-unreachable` (no answer), `network-unreachable`, `busy` (too many waiting) or `cancelled`.
   */
  send(command: string, options: CommandOptions): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#end.signal.aborted || options.signal?.aborted) reject(cancelled());
      else {
        this.#queue.add({ command, options, resolve, reject });
        void this.#run();
      }
    });
  }

  /**
   * Drops what waits, sends one last command once and waits for no answer: at most `timeoutMs` for the
   * datagram to leave. Sends nothing if the drone was never spoken to. Never rejects.
   */
  async sayGoodbye(command: string, timeoutMs: number): Promise<void> {
    clearInterval(this.#keepAlive);
    if (this.counts.sent === 0 || this.#closing !== undefined) return;
    this.#cancelJobs();
    const done = new AbortController();
    // Whether it arrives or not: the connection ends here, and the drone stops by itself without commands.
    const sent = this.#transmit(command).catch(() => undefined);
    const timeout = pause(timeoutMs, done.signal).catch(() => undefined);
    await Promise.race([sent, timeout]);
    done.abort();
  }

  /** From now on the drone hears `command` whenever it heard nothing else for `keepAliveMs`. */
  startKeepAlive(): void {
    this.#keepAlive ??= setInterval(() => {
      if (this.#running) return;
      // Unanswered ones are seen by whoever watches the video; alone they end nothing.
      this.send('command', { timeoutMs: this.#timings.commandTimeoutMs }).catch(() => undefined);
    }, this.#timings.keepAliveMs);
  }

  /** Closes the socket; commands in flight and waiting are rejected as `cancelled`. Idempotent. */
  dispose(): Promise<void> {
    if (this.#closing === undefined) {
      clearInterval(this.#keepAlive);
      this.#cancelJobs();
      this.#closing = closeUdp(this.#socket);
    }
    return this.#closing;
  }

  #cancelJobs(): void {
    this.#end.abort();
    this.#queue.cancelAll();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let job = this.#queue.next(); job !== undefined; job = this.#queue.next()) {
      const { options } = job;
      const signal = options.signal
        ? AbortSignal.any([this.#end.signal, options.signal])
        : this.#end.signal;
      await this.#perform(job.command, options, signal).then(job.resolve, job.reject);
    }
    this.#running = false;
  }

  async #perform(command: string, options: CommandOptions, signal: AbortSignal): Promise<string> {
    if (!this.#toCome.inStep && command !== 'command') await this.#resync(signal);
    const shape = answerShape(command);
    const tries = mayBeRepeated(command) ? (options.tries ?? 1) : 1;
    for (let attempt = 1; attempt <= tries; attempt++) {
      const accepts = (text: string) => couldAnswer(text, shape);
      const answer = await this.#exchange(command, shape, accepts, options.timeoutMs, signal);
      if (answer === null) continue;
      this.counts.answered++;
      return answer;
    }
    throw this.#noAnswer(command);
  }

  /** Gets back in step with the drone, or rejects with `drone-unreachable`. */
  async #resync(signal: AbortSignal): Promise<void> {
    const { resyncTimeoutMs } = this.#timings;
    const inStep = await this.#toCome.resync(async ({ command, shape }) => {
      const accepts = (text: string) => hasShape(text, shape);
      return (await this.#exchange(command, shape, accepts, resyncTimeoutMs, signal)) !== null;
    });
    if (!inStep) throw this.#noAnswer('command');
  }

  /** One datagram out and the answer it gets, or null after the time-out. */
  async #exchange(
    command: string,
    shape: AnswerShape,
    accepts: (answer: string) => boolean,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<string | null> {
    const restMs = this.#lastExchangeMs + this.#timings.commandGapMs - performance.now();
    await pause(Math.max(0, restMs), signal);
    if (signal.aborted) throw cancelled();
    const wait = new AnswerWait(accepts, timeoutMs, signal);
    this.#wait = wait;
    const sent = this.#transmit(command);
    try {
      // A send that fails ends the wait; one that is merely slow does not hold up its answer.
      const text = await Promise.race([wait.answer, sent.then(() => wait.answer)]);
      if (text === null) this.#toCome.add(shape);
      return text;
    } catch (error) {
      this.#toCome.add(shape);
      throw error;
    } finally {
      wait.stop();
      this.#wait = null;
      this.#lastExchangeMs = performance.now();
    }
  }

  #transmit(command: string): Promise<void> {
    this.counts.sent++;
    if (!this.#end.signal.aborted) this.#keepAlive?.refresh();
    return new Promise((resolve, reject) => {
      this.#socket.send(command, this.#port, this.#host, (error) => {
        if (error) reject(explainSendError(error, this.#host));
        else resolve();
      });
    });
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    const expected = from.address === this.#host && from.port === this.#port;
    const answer = expected ? parseAnswer(datagram) : null;
    if (answer === null) {
      this.counts.ignored++;
      return;
    }
    if (this.#wait?.offer(answer)) this.#wait = null;
    else this.counts.late++;
  }

  #noAnswer(command: string): StationError {
    // `command` only asks whether anybody is there: its name would tell the user nothing.
    const what = command === 'command' ? '' : ` “${command}”`;
    const message = `The drone at ${this.#host} does not answer${what}.`;
    return new StationError('drone-unreachable', message, { tip: JOIN_WIFI_TIP });
  }
}
