import type { Pose } from '../picture/pose.ts';
import { cameraPose } from './camera-pose.ts';
import type { Command, Sdk } from './command.ts';
import { parseCommand } from './command-grammar.ts';
import type { Answer, DroneEffects } from './drone-effects.ts';
import { answerExtension } from './extension.ts';
import { FlightModel } from './flight-model.ts';
import { type Begun, beginManoeuvre, NOT_NOW, type Refused } from './manoeuvres.ts';
import { PadDetector } from './mission-pads.ts';
import { reading } from './readings.ts';
import { applySetting } from './settings.ts';
import { formatStateLine } from './state-line.ts';

/** The kinds of Tello, each with the commands of its guide. */
export const MODELS = ['tello', 'edu', 'tt'] as const;
export type Model = (typeof MODELS)[number];

const SDKS: Record<Model, Sdk> = { tello: 13, edu: 20, tt: 30 };
/** Without any command for this long, or after the last manoeuvre is done, a flying drone lands by itself. */
const AUTO_LAND_AFTER_MS = 15_000;
/** A manoeuvre that takes longer is given up. */
const RUN_TIMEOUT_MS = 15_000;
/** What `wifi` and `ap` announce. */
const REBOOT_AFTER_MS = 3_000;
const REBOOTING = 'OK,drone will reboot in 3s';
const MOTOR_STOP = 'error Motor stop';
const NO_IMU = 'error No valid imu';
const LOW_BATTERY = 'error Auto land';
type Waiting = Begun & { isTakeoff: boolean; sinceMs: number; answer(answer: Answer): void };

/** The drone behind the sockets: takes commands, answers them when it is done, lets time pass. */
export class Drone {
  readonly #flight: FlightModel;
  readonly #pads = new PadDetector();
  readonly #model: Model;
  readonly #effects: DroneEffects;
  #waiting: Waiting | null = null;
  #landAtMs: number | null = null;
  #lastCommandAtMs = 0;
  #nowMs = 0;

  constructor(batteryPercent: number, model: Model, effects: DroneEffects) {
    this.#flight = new FlightModel(batteryPercent);
    this.#model = model;
    this.#effects = effects;
  }

  /** Where its camera is. */
  pose(nowMs: number): Pose {
    return cameraPose(nowMs, this.#flight.state);
  }

  stateLine(): string {
    const { state } = this.#flight;
    return formatStateLine(state, this.#model !== 'tello', this.#pads.read(state));
  }

  /** Lets time pass: flies, answers what is finished, lands when nobody talks to it any more. */
  step(elapsedMs: number, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#flight.step(elapsedMs, this.#effects.surroundings());
    if (this.#landAtMs !== null && nowMs >= this.#landAtMs) {
      this.#landAtMs = null;
      this.#flight.land();
    }
    const { phase } = this.#flight;
    if (this.#waiting && phase === this.#waiting.until) this.#arrive(this.#waiting);
    const sinceMs = this.#waiting?.sinceMs ?? nowMs;
    if (phase === 'manoeuvre' && nowMs - sinceMs >= RUN_TIMEOUT_MS) {
      this.#flight.stop();
      this.#finish('error Run timeout');
    }
    if (phase === 'landing' || !this.#flight.isFlying) return;
    if (this.#flight.mustLand) {
      this.#finish(LOW_BATTERY);
      this.#flight.land();
    }
    if (this.#waiting) return;
    if (nowMs - this.#lastCommandAtMs >= AUTO_LAND_AFTER_MS) this.#flight.land();
  }

  /** Carries out one command. `answer` is called once, now or when the manoeuvre is over. */
  execute(text: string, nowMs: number, answer: (answer: Answer) => void): void {
    this.#nowMs = nowMs;
    this.#lastCommandAtMs = nowMs;
    const say = (words: Answer) =>
      answer(words !== null && this.#effects.manners().alwaysOk ? 'ok' : words);
    const parsed = parseCommand(text, SDKS[this.#model]);
    if (!parsed.ok) {
      say(parsed.answer);
      return;
    }
    const begun = this.#begin(parsed.command);
    if (begun === null) say(this.#answerAtOnce(parsed.command));
    else if ('refused' in begun) say(begun.refused);
    else {
      // A take-off that is flown on from is over.
      if (this.#waiting?.isTakeoff) this.#finish('ok');
      const isTakeoff = parsed.command.kind === 'takeoff';
      const answer = this.#late(isTakeoff, say);
      this.#waiting = { ...begun, isTakeoff, sinceMs: nowMs, answer };
    }
  }

  /** As after being switched off and on: on the ground, knowing nothing. */
  restart(): void {
    this.#waiting = null;
    this.#landAtMs = null;
    this.#flight.restart();
    this.#pads.switch(false);
  }

  /** Begins what takes time. Null for a command that is no manoeuvre. */
  #begin(command: Command): Begun | Refused | null {
    switch (command.kind) {
      case 'takeoff': {
        const refused = this.#takesOff(() => this.#flight.takeOff());
        return refused ?? { until: 'hover' };
      }
      case 'land':
        return this.#land();
      case 'move':
      case 'turn':
      case 'flip':
      case 'go':
      case 'curve':
      case 'jump':
        if (this.#flight.isReady && this.#isBlind) return { refused: NO_IMU };
        return beginManoeuvre(command, this.#flight, this.#pads);
      default:
        return null;
    }
  }

  /** Leaves the ground one way or the other; null, or why it does not. */
  #takesOff(begin: () => boolean): Refused | null {
    if (this.#isBlind) return { refused: NO_IMU };
    if (!this.#flight.canStartMotors) return { refused: MOTOR_STOP };
    return begin() ? null : { refused: NOT_NOW };
  }

  get #isBlind(): boolean {
    return this.#effects.manners().noValidImu;
  }

  /** What was waited for is reached: it is answered, or goes on. */
  #arrive(waiting: Waiting): void {
    const { then, ...last } = waiting;
    const refusal = then?.();
    if (refusal === null) this.#waiting = last;
    else this.#finish(refusal?.refused ?? 'ok');
  }

  #land(): Begun | Refused {
    // A second landing takes the place of the first, whose answer never comes.
    if (this.#waiting?.until !== 'ground') this.#finish(NOT_NOW);
    const lateMs = this.#effects.manners().oneOkForTwoMs;
    if (lateMs !== null && this.#flight.isFlying) {
      this.#landAtMs ??= this.#nowMs + lateMs;
      return { until: 'ground' };
    }
    return this.#flight.land() ? { until: 'ground' } : { refused: NOT_NOW };
  }

  #late(isTakeoff: boolean, say: (answer: Answer) => void): (answer: Answer) => void {
    const isSwallowed = isTakeoff && this.#effects.manners().oneOkForTwoMs !== null;
    return isSwallowed ? () => say(null) : say;
  }

  #answerAtOnce(command: Command): Answer {
    switch (command.kind) {
      case 'emergency':
        this.#finish(null);
        this.#landAtMs = null;
        this.#flight.stopMotors();
        return null;
      case 'stop':
        this.#finish('forced stop');
        return this.#flight.stop() ? 'ok' : NOT_NOW;
      case 'rc':
        this.#flight.sticks(
          command.rightPercent,
          command.forwardPercent,
          command.upPercent,
          command.yawPercent,
        );
        return null;
      case 'motoron':
      case 'motoroff':
        return this.#flight.idle(command.kind === 'motoron') ? 'ok' : 'error';
      case 'throwfly':
        return this.#takesOff(() => this.#flight.throwSoon())?.refused ?? 'ok';
      case 'streamon':
        this.#effects.stream(true);
        return this.#effects.manners().streamonError ? 'error' : 'ok';
      case 'streamoff':
        this.#effects.stream(false);
        return 'ok';
      case 'reboot':
        this.#effects.reboot(0);
        return null;
      case 'wifi':
        this.#effects.reboot(REBOOT_AFTER_MS);
        return REBOOTING;
      case 'extension':
        return answerExtension(command.extension);
      case 'read':
        return reading(command.name, this.#flight.state, SDKS[this.#model]);
      default:
        applySetting(command, this.#flight, this.#pads, this.#effects);
        return 'ok';
    }
  }

  #finish(answer: Answer): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    // It hovers long before a take-off is answered: that time counts.
    if (!waiting.isTakeoff) this.#lastCommandAtMs = this.#nowMs;
    waiting.answer(answer);
  }
}
