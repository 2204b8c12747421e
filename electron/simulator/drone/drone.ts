import type { Pose } from '../picture/pose.ts';
import { type Command, parseCommand, type ReadName, type Sdk } from './command-grammar.ts';
import type { Extension } from './extension.ts';
import { FlightModel } from './flight-model.ts';
import { PoseFollower } from './pose-follower.ts';
import { accelerations, baro, formatStateLine, tofCm } from './state-line.ts';

/** The kinds of Tello, each with the commands of its guide. */
export const MODELS = ['tello', 'edu', 'tt'] as const;
export type Model = (typeof MODELS)[number];

export type VideoChange = {
  fps?: number;
  bitrateBps?: number;
  resolution?: 'low' | 'high';
  looksDown?: boolean;
};

/** What the drone does besides flying. */
type DroneEffects = {
  /** Sends video from now on, or no longer. */
  stream(on: boolean): void;
  /** Where state and video go on the client's address. */
  ports(statePort: number, videoPort: number): void;
  video(change: VideoChange): void;
  /** Is away, and comes back forgetting its client. */
  reboot(afterMs: number): void;
  /** How it answers badly at the moment. */
  manners(): Manners;
};

/** Ways to answer that were seen on real units and on emulators. */
export type Manners = {
  /** `ok` to everything, questions too. */
  alwaysOk: boolean;
  /** `error` to `streamon`, though the video flows. */
  streamonError: boolean;
  /** No answer to a takeoff; landing begins this late, and one `ok` comes for both; null = proper answers. */
  oneOkForTwoMs: number | null;
};

/** `null`: the drone never answers this one. */
export type Answer = string | null;

const SDKS: Record<Model, Sdk> = { tello: 13, edu: 20, tt: 30 };
/** Without any command for this long after the last one is done, a flying drone lands by itself. */
const AUTO_LAND_AFTER_MS = 15_000;
/** A manoeuvre that takes longer is given up. */
const RUN_TIMEOUT_MS = 15_000;
/** What `wifi` and `ap` announce. */
const REBOOT_AFTER_MS = 3_000;
const REBOOTING = 'OK,drone will reboot in 3s';
/** Not a serial number of any real unit. */
const SERIAL_NUMBER = '0TQZSIMULATED0';
const NOT_NOW = 'error Not joystick';
const MOTOR_STOP = 'error Motor stop';
const NO_PAD = 'error No valid marker';
/** The controller's distance sensor, looking forward at nothing, in mm. */
const EXTENSION_TOF_MM = 8_192;

type Waiting = { until: 'hover' | 'ground'; sinceMs: number; answer(answer: Answer): void };

/** The drone behind the sockets: takes commands, answers them when it is done, lets time pass. */
export class Drone {
  readonly #flight: FlightModel;
  readonly #eye = new PoseFollower();
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

  /** Where its camera is; asked once a picture. */
  pose(nowMs: number): Pose {
    return this.#eye.at(nowMs, this.#flight.state);
  }

  stateLine(): string {
    return formatStateLine(this.#flight.state, this.#model !== 'tello');
  }

  /** Lets time pass: flies, answers what is finished, lands when nobody talks to it any more. */
  step(elapsedMs: number, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#flight.step(elapsedMs);
    if (this.#landAtMs !== null && nowMs >= this.#landAtMs) {
      this.#landAtMs = null;
      this.#flight.land();
    }
    const { phase } = this.#flight.state;
    if (this.#waiting && phase === this.#waiting.until) this.#finish('ok');
    if (phase === 'manoeuvre' && this.#waiting) {
      if (nowMs - this.#waiting.sinceMs >= RUN_TIMEOUT_MS) {
        this.#flight.stop();
        this.#finish('error Run timeout');
      }
    }
    if (this.#waiting || phase === 'landing' || !this.#flight.isFlying) return;
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
    const until = this.#begin(parsed.command);
    if (until === null) say(this.#answerAtOnce(parsed.command));
    else if (until === 'hover' || until === 'ground') {
      // A second landing takes the place of the first, whose answer never comes.
      this.#waiting = { until, sinceMs: nowMs, answer: this.#late(parsed.command, say) };
    } else say(until.refused);
  }

  /** As after being switched off and on: on the ground, knowing nothing. */
  restart(): void {
    this.#waiting = null;
    this.#landAtMs = null;
    this.#flight.stopMotors();
    this.#flight.state.motorSeconds = 0;
  }

  /** Begins what takes time. Returns what to wait for; null for a command that is no manoeuvre. */
  #begin(command: Command): Waiting['until'] | { refused: string } | null {
    switch (command.kind) {
      case 'takeoff':
        if (!this.#flight.canStartMotors) return { refused: MOTOR_STOP };
        return this.#flight.takeOff() ? 'hover' : { refused: NOT_NOW };
      case 'land':
        return this.#land();
      case 'move':
        return this.#hover(this.#flight.move(command.direction, command.distanceCm));
      case 'turn':
        return this.#hover(this.#flight.turn(command.degrees));
      case 'flip':
        return this.#hover(this.#flight.flip(command.direction));
      case 'go': {
        const { xCm, yCm, zCm } = command.to;
        // The drone's y points to its left.
        return this.#hover(this.#flight.go(xCm, -yCm, zCm, command.speedCmS));
      }
      case 'curve': {
        const begins = this.#flight.curve(command.via, command.to, command.speedCmS);
        return begins === null ? { refused: 'out of range' } : this.#hover(begins);
      }
      case 'pad':
        return { refused: this.#flight.state.phase === 'hover' ? NO_PAD : NOT_NOW };
      default:
        return null;
    }
  }

  #hover(begins: boolean): Waiting['until'] | { refused: string } {
    return begins ? 'hover' : { refused: NOT_NOW };
  }

  #land(): Waiting['until'] | { refused: string } {
    this.#finish(NOT_NOW);
    const lateMs = this.#effects.manners().oneOkForTwoMs;
    if (lateMs !== null && this.#flight.isFlying) {
      this.#landAtMs = this.#nowMs + lateMs;
      return 'ground';
    }
    return this.#flight.land() ? 'ground' : { refused: NOT_NOW };
  }

  #late(command: Command, say: (answer: Answer) => void): (answer: Answer) => void {
    const isSwallowed =
      command.kind === 'takeoff' && this.#effects.manners().oneOkForTwoMs !== null;
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
        if (!this.#flight.canStartMotors) return MOTOR_STOP;
        return this.#flight.throwSoon() ? 'ok' : NOT_NOW;
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
        return extended(command.extension);
      case 'read':
        return this.#read(command.name);
      default:
        return this.#set(command);
    }
  }

  #set(command: Command): Answer {
    if (command.kind === 'port') this.#effects.ports(command.statePort, command.videoPort);
    else if (command.kind === 'fps') this.#effects.video({ fps: command.fps });
    else if (command.kind === 'bitrate') {
      this.#effects.video({ bitrateBps: command.megabits * 1_000_000 });
    } else if (command.kind === 'resolution') this.#effects.video({ resolution: command.level });
    else if (command.kind === 'camera') this.#effects.video({ looksDown: command.looksDown });
    else if (command.kind === 'speed') this.#flight.state.speedCmS = command.speedCmS;
    return 'ok';
  }

  /** Values come with a line end, `ok` without one. */
  #read(name: ReadName): string {
    const { state } = this.#flight;
    const temperature = Math.round(state.temperatureC);
    const values: Record<ReadName, string> = {
      speed: state.speedCmS.toFixed(1),
      battery: String(Math.ceil(state.batteryPercent)),
      time: `${Math.floor(state.motorSeconds)}s`,
      height: `${Math.round(state.heightCm / 10)}dm`,
      temp: `${temperature - 1}~${temperature + 1}C`,
      attitude: `pitch:${state.pitchDegrees};roll:${state.rollDegrees};yaw:${Math.round(state.yawDegrees)};`,
      baro: baro(state),
      acceleration: accelerations(state),
      tof: `${tofCm(state) * 10}mm`,
      wifi: '90',
      sdk: String(SDKS[this.#model]),
      sn: SERIAL_NUMBER,
      active: '1',
      hardware: 'RMTT',
      wifiversion: 'wifiv1.0.0.33',
      // Not joined to any.
      ap: 'none',
      ssid: 'RMTT-SIMULATED',
    };
    return `${values[name]}\r\n`;
  }

  #finish(answer: Answer): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = null;
    this.#lastCommandAtMs = this.#nowMs;
    waiting.answer(answer);
  }
}

function extended(extension: Extension): string {
  switch (extension.kind) {
    case 'led':
    case 'matrix':
      return `${extension.kind} ${extension.isRight ? 'ok' : 'error'}`;
    case 'tof':
      return `tof ${EXTENSION_TOF_MM}\r\n`;
    case 'version':
      return 'esp32v1.0.0.10\r\n';
  }
}
