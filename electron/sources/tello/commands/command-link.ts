import type { RemoteInfo } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import type { CommandLinkStatus } from '../../../../shared/status.ts';
import { pause } from '../../../base/abortable.ts';
import { cancelled, isStationError, StationError } from '../../../base/failures.ts';
import type { AnswerHealth, Departure } from '../../../video/drone-controls.ts';
import { LastingSocket } from '../network/lasting-socket.ts';
import { explainSendError, isLoopback } from '../network/udp-socket.ts';
import type { TelloTimings } from '../timings.ts';
import { JOIN_WIFI_TIP } from '../tips.ts';
import { AnswerTimes } from './answer-times.ts';
import {
  type AnswerShape,
  answerShape,
  answersWhenDone,
  couldAnswer,
  hasShape,
  isOk,
  mayBeRepeated,
  parseAnswer,
} from './answers.ts';
import { AnswersToCome } from './answers-to-come.ts';
import { type CommandOptions, CommandQueue, type Job, type LinkOutcome } from './command-queue.ts';
import { Turn } from './turn.ts';

/** The drone answers other ports too, but real units want to be spoken to from this one. */
const VENDOR_LOCAL_PORT = 8889;
/** A harmless command of the station's that the express lane interrupted is begun again this often. */
const MAX_RESTARTS = 3;
/** A drone that talks all the time is never quiet; it is waited for this many times as long as for a quiet one. */
const MAX_QUIET_WAITS = 3;
/** Whatever it is, it counts as a command; its answer is like no manoeuvre's. */
const KEEP_ALIVE_QUERY = 'battery?';

/** What leaves at once, whatever waits or is in flight. */
export type ExpressCommand = 'stop' | 'land' | 'emergency';

export type CommandCounts = {
  sent: number;
  answered: number;
  /** Tries whose answer nobody waits for any more. */
  unanswered: number;
  /** Datagrams that are no answer: binary, too long, or from elsewhere. */
  ignored: number;
  /** Of these, the ones from elsewhere. */
  foreign: number;
  /** Answers that came when nobody waited for them any more, or twice. */
  late: number;
  /** Failures of the socket. */
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
 * What even that cannot tell apart (the answer to a manoeuvre comes when it is over) is called `unclear`.
 */
export class CommandLink {
  readonly #counts = { sent: 0, answered: 0, unanswered: 0, unreadable: 0, otherPort: 0, late: 0 };
  readonly #host: string;
  readonly #port: number;
  readonly #timings: TelloTimings;
  readonly #queue = new CommandQueue();
  readonly #toCome: AnswersToCome;
  readonly #times: AnswerTimes;
  /** Set by `open` before anything can arrive or leave. */
  #socket: LastingSocket | null = null;
  #ended = false;
  #running = false;
  #turn: Turn | null = null;
  #answersHeard = 0;
  #lastAnswerMs = Number.NEGATIVE_INFINITY;
  #lastExchangeMs = Number.NEGATIVE_INFINITY;
  #keepAlive: NodeJS.Timeout | undefined;
  /** A question asked beside a manoeuvre, so that the drone does not land meanwhile. */
  #keepAliveAskedMs: number | null = null;
  #sticksLeaving = false;
  #newestSticks: string | null = null;
  #closing: Promise<void> | undefined;

  private constructor(
    host: string,
    port: number,
    timings: TelloTimings,
    onHealth: (health: AnswerHealth) => void,
  ) {
    this.#host = host;
    this.#port = port;
    this.#timings = timings;
    this.#toCome = new AnswersToCome(timings.lateManoeuvreMs);
    this.#times = new AnswerTimes(timings, onHealth);
  }

  /**
   * Opens the link to `host` (an IPv4 address). `onHealth` hears when the drone begins or ceases to answer.
   * Rejects with `port-in-use`, `system-limit` or `cancelled`.
   */
  static async open(
    host: string,
    port: number,
    timings: TelloTimings,
    signal: AbortSignal,
    onHealth: (health: AnswerHealth) => void = () => undefined,
  ): Promise<CommandLink> {
    const link = new CommandLink(host, port, timings, onHealth);
    link.#socket = await LastingSocket.open(
      {
        purpose: 'command',
        port: isLoopback(host) ? 0 : VENDOR_LOCAL_PORT,
        peer: host,
        retryDelaysMs: timings.healDelaysMs,
        // A send that fails meanwhile is reported to its command by the send itself.
        onMessage: (datagram, from) => link.#receive(datagram, from),
      },
      signal,
    );
    return link;
  }

  get host(): string {
    return this.#host;
  }

  get counts(): CommandCounts {
    const { unreadable, otherPort, ...counts } = this.#counts;
    const foreign = otherPort + (this.#socket?.foreign ?? 0);
    return {
      ...counts,
      ignored: unreadable + foreign,
      foreign,
      socketErrors: this.#socket?.errors ?? 0,
    };
  }

  get times(): Pick<AnswerTimes, 'health' | 'percentiles'> {
    return this.#times;
  }

  status(): CommandLinkStatus {
    return {
      ...this.counts,
      localPort: this.#socket?.localPort ?? 0,
      rebinds: this.#socket?.rebinds ?? 0,
      answers: this.#times.health,
      roundTripMs: this.#times.percentiles(performance.now()),
    };
  }

  /** Sends one command when its turn comes. Never rejects. */
  perform(command: string, options: CommandOptions): Promise<LinkOutcome> {
    return new Promise((resolve) => {
      if (this.#ended || options.signal?.aborted) {
        const by = this.#ended ? 'closed' : 'signal';
        resolve({ outcome: 'cancelled', by, sent: false });
        return;
      }
      this.#queue.add({ command, options, done: resolve });
      if (options.sender !== 'background') this.#turn?.giveWay(this.#timings.commandGapMs);
      void this.#run();
    });
  }

  /**
   * Sends one command when its turn comes; resolves with the answer, whatever it says. Rejects with
   * `drone-unreachable` or `drone-slow` (no answer), `network-unreachable`, `busy` (too many waiting) or
   * `cancelled`.
   */
  async send(command: string, options: CommandOptions): Promise<string> {
    const outcome = await this.perform(command, options);
    switch (outcome.outcome) {
      case 'ok':
        return 'ok';
      case 'refused':
        return outcome.answer;
      case 'value':
        return outcome.value;
      case 'unclear':
        // Whose answer it is matters to no command that may be repeated.
        if (mayBeRepeated(command)) return outcome.answer;
        throw this.#noAnswer(command);
      case 'not-sent':
        throw outcome.error;
      case 'cancelled':
        throw cancelled();
      default:
        throw this.#noAnswer(command);
    }
  }

  /**
   * Leaves at once. What the pilot has waiting or in flight is given up by its name, whatever else is in
   * flight is begun again later. Its own answer may come or not, and is credited to nobody. Never rejects.
   */
  express(command: ExpressCommand): Promise<Departure> {
    if (this.#ended) return Promise.resolve({ outcome: 'not-sent', error: cancelled() });
    this.#queue.cancelPilots(command);
    // Its answer and this one's look the same: nobody may have either.
    this.#turn?.interrupt(command);
    const left = this.#transmit(command);
    this.#toCome.add(command, 'word', performance.now());
    return left.then(
      () => ({ outcome: 'sent' }),
      (error) => ({ outcome: 'not-sent', error: explainSendError(error, this.#host) }),
    );
  }

  /** Leaves at once; while one is on its way out, only the newest is kept. Never answered. */
  sticks(line: string): void {
    if (this.#ended) return;
    this.#newestSticks = line;
    if (!this.#sticksLeaving) void this.#sendSticks();
  }

  async #sendSticks(): Promise<void> {
    this.#sticksLeaving = true;
    for (let line = this.#takeSticks(); line !== null; line = this.#takeSticks()) {
      // The next update is 40 ms away; a failure shows in the count and in every command.
      await this.#transmit(line).catch(() => undefined);
    }
    this.#sticksLeaving = false;
  }

  #takeSticks(): string | null {
    const line = this.#newestSticks;
    this.#newestSticks = null;
    return this.#ended ? null : line;
  }

  /**
   * Drops what waits, sends one last command once and waits for no answer: at most `timeoutMs` for the
   * datagram to leave. Sends nothing if the drone was never spoken to. Never rejects.
   */
  async sayGoodbye(command: string, timeoutMs: number): Promise<void> {
    clearInterval(this.#keepAlive);
    if (this.#counts.sent === 0 || this.#closing !== undefined) return;
    this.#cancelJobs();
    const done = new AbortController();
    // Whether it arrives or not: the connection ends here, and the drone stops by itself without commands.
    const sent = this.#transmit(command).catch(() => undefined);
    const timeout = pause(timeoutMs, done.signal).catch(() => undefined);
    await Promise.race([sent, timeout]);
    done.abort();
  }

  /** From now on the drone hears something whenever it heard nothing for `keepAliveMs`. */
  startKeepAlive(): void {
    this.#keepAlive ??= setInterval(() => {
      if (this.#turn !== null) this.#askBeside(this.#turn);
      else void this.#stayAwake();
    }, this.#timings.keepAliveMs);
  }

  /** Unanswered ones show in the health of the link; alone they end nothing. */
  async #stayAwake(): Promise<void> {
    const timeoutMs = this.#timings.commandTimeoutMs;
    const outcome = await this.perform('command', { timeoutMs });
    // Out of step, no answer says for sure how long it took: the question gets the link back in step.
    if (outcome.outcome === 'unclear') {
      await this.perform(KEEP_ALIVE_QUERY, { timeoutMs, sender: 'background' });
    }
  }

  /** A manoeuvre in flight may take longer than a drone flies without a command. */
  #askBeside(turn: Turn): void {
    if (!answersWhenDone(turn.job.command) || !turn.sent) return;
    turn.elsewhere.push(answerShape(KEEP_ALIVE_QUERY));
    this.#keepAliveAskedMs ??= performance.now();
    // It is asked again in a moment; a failure shows in the count.
    this.#transmit(KEEP_ALIVE_QUERY).catch(() => undefined);
  }

  /** Closes the socket; commands in flight and waiting end as cancelled. Idempotent. */
  dispose(): Promise<void> {
    if (this.#closing === undefined) {
      clearInterval(this.#keepAlive);
      this.#cancelJobs();
      this.#closing = this.#socket?.dispose() ?? Promise.resolve();
    }
    return this.#closing;
  }

  #cancelJobs(): void {
    this.#ended = true;
    this.#turn?.interrupt('closed');
    this.#queue.cancelAll();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let job = this.#queue.next(); job !== undefined; job = this.#queue.next()) {
      let outcome = await this.#carryOut(job);
      for (let again = 0; again < MAX_RESTARTS && wantsRestart(job, outcome); again++) {
        outcome = await this.#carryOut(job);
      }
      job.done(outcome);
    }
    this.#running = false;
  }

  async #carryOut(job: Job): Promise<LinkOutcome> {
    const turn = new Turn(job);
    this.#turn = turn;
    try {
      if (this.#ended) turn.interrupt('closed');
      return await this.#exchangeAll(turn);
    } catch (error) {
      if (turn.interruption !== null) {
        return { outcome: 'cancelled', by: turn.interruption, sent: turn.sent };
      }
      const known = isStationError(error) ? error : explainSendError(error, this.#host);
      return { outcome: 'not-sent', error: known };
    } finally {
      this.#endTurn(turn);
    }
  }

  #endTurn(turn: Turn): void {
    turn.dispose();
    this.#turn = null;
    if (this.#keepAliveAskedMs !== null) {
      const shape = answerShape(KEEP_ALIVE_QUERY);
      this.#toCome.add(KEEP_ALIVE_QUERY, shape, this.#keepAliveAskedMs);
      this.#keepAliveAskedMs = null;
    }
  }

  async #exchangeAll(turn: Turn): Promise<LinkOutcome> {
    const { command, options } = turn.job;
    const shape = answerShape(command);
    const goesAnyway = command === 'command' || options.resync === false;
    if (!goesAnyway && this.#toCome.needsResync(shape)) await this.#resync(turn);
    turn.elsewhere = this.#toCome.shapes(performance.now());

    const tries = mayBeRepeated(command) ? (options.tries ?? 1) : 1;
    const accepts = (text: string) => couldAnswer(text, shape);
    const begunMs = performance.now();
    for (let attempt = 1; attempt <= tries; attempt++) {
      const onLeave = () => {
        turn.sent = true;
      };
      const timeoutMs = this.#times.waitMs(options.timeoutMs);
      const reply = await this.#exchange(turn, command, accepts, timeoutMs, onLeave);
      if (reply === null) continue;
      this.#counts.answered++;
      const outcome = outcomeOf(turn, shape, reply);
      if (answersWhenDone(command) || outcome.outcome === 'unclear') this.#times.heard();
      else if (attempt === 1) this.#times.answered(performance.now(), reply.roundTripMs);
      else this.#times.answeredSometime(performance.now() - begunMs);
      return outcome;
    }
    return { outcome: 'no-answer', waitedMs: performance.now() - begunMs };
  }

  /** Gets back in step with the drone, or rejects with `drone-unreachable` or `drone-slow`. */
  async #resync(turn: Turn): Promise<void> {
    const heardBefore = this.#answersHeard;
    const outcome = await this.#toCome.resync(async ({ command, shape }) => {
      const accepts = (text: string) => hasShape(text, shape);
      const timeoutMs = this.#times.waitMs(this.#timings.resyncTimeoutMs);
      const reply = await this.#exchange(turn, command, accepts, timeoutMs, () => undefined);
      if (reply !== null) this.#times.answered(performance.now(), reply.roundTripMs);
      return reply !== null;
    });
    if (outcome === 'in-step') return;
    if (outcome === 'unanswered' && this.#answersHeard === heardBefore) {
      throw this.#noAnswer('command');
    }
    // Some drones answer `ok` to whatever they are asked. Then all is past when nothing comes any more.
    await this.#waitForQuiet(outcome === 'untried' ? performance.now() : 0, turn.signal);
    this.#toCome.settle();
  }

  /** Waits until no answer came since `sinceMs` for as long as one may take, though not for ever. */
  async #waitForQuiet(sinceMs: number, signal: AbortSignal): Promise<void> {
    const quietMs = this.#times.waitMs(this.#timings.resyncTimeoutMs);
    const latestMs = performance.now() + MAX_QUIET_WAITS * quietMs;
    const endMs = () => Math.min(latestMs, Math.max(sinceMs, this.#lastAnswerMs) + quietMs);
    for (let nowMs = performance.now(); nowMs < endMs(); nowMs = performance.now()) {
      await pause(endMs() - nowMs, signal);
    }
  }

  /** One datagram out and the answer it gets, or null after the time-out. */
  async #exchange(
    turn: Turn,
    command: string,
    accepts: (answer: string) => boolean,
    timeoutMs: number,
    onLeave: () => void,
  ): Promise<Reply | null> {
    const restMs = this.#lastExchangeMs + this.#timings.commandGapMs - performance.now();
    await pause(Math.max(0, restMs), turn.signal);
    if (turn.signal.aborted) throw cancelled();
    const wait = turn.expect(accepts, timeoutMs);
    const sentMs = performance.now();
    let failed = false;
    const sent = this.#transmit(command).catch((error) => {
      failed = true;
      throw error;
    });
    onLeave();
    const shape = answerShape(command);
    const stillToCome = () => {
      this.#counts.unanswered++;
      this.#toCome.add(command, shape, sentMs);
    };
    try {
      // A send that fails ends the wait; one that is merely slow does not hold up its answer.
      const answer = await Promise.race([wait.answer, sent.then(() => wait.answer)]);
      if (answer !== null) return { answer, roundTripMs: performance.now() - sentMs };
      stillToCome();
      this.#times.unanswered();
      return null;
    } catch (error) {
      if (!failed) stillToCome();
      throw error;
    } finally {
      turn.endExchange();
      this.#lastExchangeMs = performance.now();
    }
  }

  #transmit(command: string): Promise<void> {
    this.#counts.sent++;
    if (!this.#ended) this.#keepAlive?.refresh();
    return this.#socket?.send(command, this.#port) ?? Promise.reject(cancelled());
  }

  #receive(datagram: Uint8Array, from: RemoteInfo): void {
    if (from.port !== this.#port) {
      this.#counts.otherPort++;
      return;
    }
    const answer = parseAnswer(datagram);
    if (answer === null) {
      this.#counts.unreadable++;
      return;
    }
    this.#answersHeard++;
    this.#lastAnswerMs = performance.now();
    if (this.#turn?.offer(answer)) return;
    if (this.#keepAliveAskedMs !== null && hasShape(answer, 'number')) {
      this.#keepAliveAskedMs = null;
      this.#counts.answered++;
      this.#times.heard();
      return;
    }
    this.#counts.late++;
    const lateMs = this.#lastAnswerMs - (this.#toCome.sentMs(answer) ?? Number.NEGATIVE_INFINITY);
    if (lateMs < this.#timings.lateManoeuvreMs) this.#times.answeredLate(lateMs);
    else this.#times.heard();
  }

  #noAnswer(command: string): StationError {
    // `command` only asks whether anybody is there: its name would tell the user nothing.
    const what = command === 'command' ? '' : ` “${command}”`;
    if (this.#times.health === 'slow') return slowDrone(this.#host);
    const message = `The drone at ${this.#host} does not answer${what}.`;
    return new StationError('drone-unreachable', message, { tip: JOIN_WIFI_TIP });
  }
}

type Reply = { answer: string; roundTripMs: number };

function outcomeOf(turn: Turn, shape: AnswerShape, { answer, roundTripMs }: Reply): LinkOutcome {
  if (turn.elsewhere.some((other) => couldAnswer(answer, other))) {
    return { outcome: 'unclear', answer };
  }
  const isValue =
    shape === 'text' ? !isRefusal(answer) : shape !== 'word' && hasShape(answer, shape);
  if (isValue) return { outcome: 'value', value: answer, roundTripMs };
  if (shape === 'word' && isOk(answer)) return { outcome: 'ok', roundTripMs };
  return { outcome: 'refused', answer, roundTripMs };
}

/** The drone answers, but takes its time; how much is in the status of the link. */
export function slowDrone(host: string): StationError {
  return new StationError('drone-slow', `The drone at ${host} is slow to answer.`, {
    tip: 'Move closer, and away from other Wi-Fi networks. Flying is not advised like this.',
    recoverable: true,
  });
}

/** A harmless command of the station's was interrupted for the sake of the pilot's. */
function wantsRestart(job: Job, outcome: LinkOutcome): boolean {
  if (outcome.outcome !== 'cancelled' || outcome.by === 'signal' || outcome.by === 'closed')
    return false;
  return (job.options.sender ?? 'station') === 'station' && mayBeRepeated(job.command);
}

function isRefusal(answer: string): boolean {
  return /^(?:error|unknown command|out of range)/i.test(answer);
}
