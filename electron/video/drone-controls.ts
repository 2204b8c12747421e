import type { Percentiles } from '../../shared/status.ts';
import type { StationError } from '../base/failures.ts';

/**
 * What became of one command.
 *
 * `ok`, `refused` and `value` are answers that can only be this command's own. `unclear` is an answer that
 * may as well belong to an earlier command: the drone numbers nothing, answers late, and gives one `ok` for
 * two commands. None of them proves that the drone moved: that is seen in its telemetry alone.
 */
export type CommandOutcome =
  /** The drone said `ok`, this long after the command left. */
  | { outcome: 'ok'; roundTripMs: number }
  /** What it said instead: `error …`, `out of range`, `unknown command: …`. */
  | { outcome: 'refused'; answer: string; roundTripMs: number }
  /** The answer to a question (`battery?`), without its line end. */
  | { outcome: 'value'; value: string; roundTripMs: number }
  | { outcome: 'unclear'; answer: string }
  /** It left, and nothing was heard for this long. It may have been carried out. */
  | { outcome: 'no-answer'; waitedMs: number }
  /** Given up by name. `sent`: it had left before, and may be carried out. */
  | { outcome: 'cancelled'; by: Canceller; sent: boolean }
  | Departure;

/** Who gave a command up: its own signal, one of the express lane, or the end of the connection. */
export type Canceller = 'signal' | 'stop' | 'land' | 'emergency' | 'closed';

/** Whether something for which no answer is waited left this computer. It may still get lost on the way. */
export type Departure =
  | { outcome: 'sent' }
  /** `busy`, `bad-request`, `network-unreachable`, `drone-unreachable`, `cancelled` (closed). */
  | { outcome: 'not-sent'; error: StationError };

type SendOptions = {
  /**
   * How long to wait for the answer once the command has left: 7 s, and 20 s for a take-off, are usual.
   * Where the drone is seen to answer more slowly than that, the link waits somewhat longer.
   */
  timeoutMs: number;
  signal?: AbortSignal;
};

/** Percent of full deflection, -100 to 100; positive is right, forward, up, clockwise. */
export type Sticks = { right: number; forward: number; up: number; yaw: number };

/** Over which pad the drone is; centimetres and degrees in the pad's own frame. */
export type MissionPad = {
  id: number;
  xCm: number;
  yCm: number;
  zCm: number;
  /** Pitch, roll and yaw against the pad, where the drone sends them. */
  attitudeDegrees?: readonly [number, number, number];
};

/** One report of the drone, 10 times a second. A field the drone did not send is absent: never 0. */
export type DroneState = {
  batteryPercent?: number;
  /** Relative to the take-off point, in steps of 10; can be negative after landing. */
  heightCm?: number;
  /** Downward distance; absent where the sensor reads nothing. */
  distanceCm?: number;
  lowestTemperatureC?: number;
  highestTemperatureC?: number;
  pitchDegrees?: number;
  rollDegrees?: number;
  yawDegrees?: number;
  /** Decimetres a second, by the drone's own axes (`vgx`, `vgy`, `vgz`); a negative z is a climb. */
  xSpeedDmS?: number;
  ySpeedDmS?: number;
  zSpeedDmS?: number;
  /** Thousandths of standard gravity (`agx`, `agy`, `agz`). */
  xAccelerationMilliG?: number;
  yAccelerationMilliG?: number;
  zAccelerationMilliG?: number;
  /** The barometer's height. The vendor calls it centimetres; real values look like metres. */
  barometerM?: number;
  motorSeconds?: number;
  /** Absent where no pad is seen, and on units that see none. */
  missionPad?: MissionPad;
  /** Everything as it was sent, by the drone's own names, known or not. */
  fields: ReadonlyMap<string, string>;
};

export type Telemetry = {
  state: DroneState;
  /** Arrival of its datagram, on the station's clock. */
  atUs: number;
};

/** What the drone says it is. Asked once after connecting; what it did not tell is absent. */
export type DroneIdentity = {
  /** `20`, `30`; units with SDK 1.3 do not know the question. */
  sdk?: string;
  serial?: string;
  /** `TELLO`, `RMTT` (SDK 3.0). */
  hardware?: string;
  /** Firmware of the radio (SDK 3.0). */
  wifiVersion?: string;
};

/** `unknown` before the first command came back or was missed; `silent` after several unanswered in a row. */
export type AnswerHealth = 'unknown' | 'answering' | 'slow' | 'silent';

type LinkQuality = {
  answers: AnswerHealth;
  /** Command to answer over the last half minute, without manoeuvres; null where none was answered. */
  roundTripMs: Percentiles | null;
  /** Age of the newest telemetry; null before the first. */
  stateAgeMs: number | null;
  video: {
    /** Datagrams received since connecting. */
    datagrams: number;
    /** What of the video went wrong since connecting, by kind. */
    units: Readonly<Record<string, number>>;
  };
};

/**
 * The pilot's hands on a drone: present on an open source that can fly. Nothing here decides whether flying
 * is wise; nothing that moves the drone is ever sent twice, and nothing throws.
 */
export type DroneControls = {
  /**
   * Sends one line when its turn comes: one command in flight, 16 wait, then `busy`. `stop`, `land`,
   * `emergency` and `rc a b c d` go the ways below, whoever spells them here.
   */
  send(command: string, options: SendOptions): Promise<CommandOutcome>;
  /**
   * Leaves at once, past whatever waits or is in flight. The drone never answers. While one is on its way
   * out only the newest is kept. Out of range is cut to ±100, what is no number counts as 0.
   */
  sticks(sticks: Sticks): void;
  /**
   * Hover where it is. Leaves at once, as `emergency` and `land` do: without waiting for a turn, a gap or
   * an answer. What the pilot had waiting or in flight ends as `cancelled` by it. Whether the drone obeyed is
   * seen in telemetry; its answers are credited to nobody.
   */
  stop(): Promise<Departure>;
  land(): Promise<Departure>;
  /** Stops all motors: a flying drone falls. */
  emergency(): Promise<Departure>;
  /** Calls with every state datagram until the returned function is called. */
  onTelemetry(listener: (telemetry: Telemetry) => void): () => void;
  identity(): DroneIdentity;
  quality(): LinkQuality;
};
