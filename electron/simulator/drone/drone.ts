import { type Command, parseCommand, type ReadName } from './command-grammar.ts';
import { FlightModel } from './flight-model.ts';
import { accelerations, baro, formatStateLine, tofCm } from './state-line.ts';

/** What the drone does besides flying. */
type DroneEffects = {
  /** Sends video from now on, or no longer. */
  stream(on: boolean): void;
  /** Where state and video go on the client's address. */
  ports(statePort: number, videoPort: number): void;
  video(change: { fps?: number; bitrateBps?: number; resolution?: 'low' | 'high' }): void;
};

/** `null`: the drone never answers this one. */
export type Answer = string | null;

/** Without any command for this long a flying drone lands by itself. */
const AUTO_LAND_AFTER_MS = 15_000;
/** Not a serial number of any real unit. */
const SERIAL_NUMBER = '0TQZSIMULATED0';
const NOT_NOW = 'error Not joystick';

type Waiting = { until: 'hover' | 'ground'; answer(answer: Answer): void };

/** The drone behind the sockets: takes commands, answers them when it is done, lets time pass. */
export class Drone {
  readonly #flight: FlightModel;
  readonly #effects: DroneEffects;
  #waiting: Waiting | null = null;
  #lastCommandAtMs = 0;

  constructor(batteryPercent: number, effects: DroneEffects) {
    this.#flight = new FlightModel(batteryPercent);
    this.#effects = effects;
  }

  stateLine(): string {
    return formatStateLine(this.#flight.state);
  }

  /** Lets time pass: flies, answers what is finished, lands when nobody talks to it any more. */
  step(elapsedMs: number, nowMs: number): void {
    this.#flight.step(elapsedMs);
    const { phase } = this.#flight.state;
    if (this.#waiting && phase === this.#waiting.until) this.#finish('ok');
    if (phase !== 'landing' && this.#flight.isFlying) {
      if (nowMs - this.#lastCommandAtMs >= AUTO_LAND_AFTER_MS) {
        this.#finish('error Auto land');
        this.#flight.land();
      }
    }
  }

  /** Carries out one command. `answer` is called once, now or when the manoeuvre is over. */
  execute(text: string, nowMs: number, answer: (answer: Answer) => void): void {
    this.#lastCommandAtMs = nowMs;
    const parsed = parseCommand(text);
    if (!parsed.ok) {
      answer(parsed.answer);
      return;
    }
    const until = this.#begin(parsed.command);
    if (until === 'refused') answer(NOT_NOW);
    else if (until) this.#waiting = { until, answer };
    else answer(this.#answerAtOnce(parsed.command));
  }

  /** Begins what takes time. Returns what to wait for; null for a command that is no manoeuvre. */
  #begin(command: Command): Waiting['until'] | 'refused' | null {
    switch (command.kind) {
      case 'takeoff':
        return this.#flight.takeOff() ? 'hover' : 'refused';
      case 'land':
        this.#finish(NOT_NOW);
        return this.#flight.land() ? 'ground' : 'refused';
      case 'move':
        return this.#flight.move(command.direction, command.distanceCm) ? 'hover' : 'refused';
      case 'turn':
        return this.#flight.turn(command.degrees) ? 'hover' : 'refused';
      case 'flip':
        return this.#flight.flip() ? 'hover' : 'refused';
      case 'go': {
        const { xCm, yCm, zCm, speedCmS } = command;
        // The drone's y points to its left.
        return this.#flight.go(xCm, -yCm, zCm, speedCmS) ? 'hover' : 'refused';
      }
      default:
        return null;
    }
  }

  #answerAtOnce(command: Command): Answer {
    switch (command.kind) {
      case 'emergency':
        this.#finish(null);
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
      case 'streamon':
      case 'streamoff':
        this.#effects.stream(command.kind === 'streamon');
        return 'ok';
      case 'port':
        this.#effects.ports(command.statePort, command.videoPort);
        return 'ok';
      case 'fps':
        this.#effects.video({ fps: command.fps });
        return 'ok';
      case 'bitrate':
        this.#effects.video({ bitrateBps: command.megabits * 1_000_000 });
        return 'ok';
      case 'resolution':
        this.#effects.video({ resolution: command.level });
        return 'ok';
      case 'speed':
        this.#flight.state.speedCmS = command.speedCmS;
        return 'ok';
      case 'read':
        return this.#read(command.name);
      default:
        return 'ok';
    }
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
      sdk: '30',
      sn: SERIAL_NUMBER,
      hardware: 'TELLO',
    };
    return `${values[name]}\r\n`;
  }

  #finish(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.answer(answer);
  }
}
