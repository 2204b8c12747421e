import type { Extension } from './extension.ts';
import type { PadCamera, PadName } from './pad-words.ts';

/** The vendor's guides, by version times ten: plain Tello, Tello EDU, Tello Talent. */
export type Sdk = 13 | 20 | 30;

/** One command as the drone understands it. Distances in cm, angles in degrees, speeds in cm/s. */
export type Command =
  | { kind: PlainName }
  | { kind: 'move'; direction: MoveDirection; distanceCm: number }
  | { kind: 'turn'; degrees: number }
  | { kind: 'flip'; direction: FlipDirection }
  /** From where it is, or from a mission pad. */
  | { kind: 'go'; to: Point; speedCmS: number; pad?: PadName }
  | { kind: 'curve'; via: Point; to: Point; speedCmS: number; pad?: PadName }
  /** To a place seen from a mission pad, and from there over another. */
  | { kind: 'jump'; to: Point; speedCmS: number; yawDegrees: number; from: PadName; over: PadName }
  | { kind: 'pads'; on: boolean }
  | { kind: 'pad-camera'; looks: PadCamera }
  | { kind: 'speed'; speedCmS: number }
  | {
      kind: 'rc';
      rightPercent: number;
      forwardPercent: number;
      upPercent: number;
      yawPercent: number;
    }
  /** A new name for its own network, or another network to join: either way it starts again. */
  | { kind: 'wifi' }
  | { kind: 'port'; statePort: number; videoPort: number }
  | { kind: 'fps'; fps: number }
  | { kind: 'bitrate'; megabits: number }
  | { kind: 'resolution'; level: 'low' | 'high' }
  | { kind: 'camera'; looksDown: boolean }
  | { kind: 'accepted' }
  | { kind: 'extension'; extension: Extension }
  | { kind: 'read'; name: ReadName };

/** Forward, left, up, as the drone counts. */
export type Point = { xCm: number; yCm: number; zCm: number };

export const MOVE_DIRECTIONS = ['up', 'down', 'left', 'right', 'forward', 'back'] as const;
export const FLIP_DIRECTIONS = ['l', 'r', 'f', 'b'] as const;
export type FlipDirection = (typeof FLIP_DIRECTIONS)[number];
export type MoveDirection = (typeof MOVE_DIRECTIONS)[number];

/** Commands of one word, by the guide that brought them. */
export const PLAIN = [
  ['command', 13],
  ['takeoff', 13],
  ['land', 13],
  ['emergency', 13],
  ['streamon', 13],
  ['streamoff', 13],
  ['stop', 20],
  ['motoron', 30],
  ['motoroff', 30],
  ['throwfly', 30],
  ['reboot', 30],
] as const satisfies readonly (readonly [string, Sdk])[];
type PlainName = (typeof PLAIN)[number][0];

export const READS = [
  ['speed', 13],
  ['battery', 13],
  ['time', 13],
  ['height', 13],
  ['temp', 13],
  ['attitude', 13],
  ['baro', 13],
  ['acceleration', 13],
  ['tof', 13],
  ['wifi', 13],
  ['sdk', 20],
  ['sn', 20],
  // In no guide, but asked by clients.
  ['active', 20],
  ['hardware', 30],
  ['wifiversion', 30],
  ['ap', 30],
  ['ssid', 30],
] as const satisfies readonly (readonly [string, Sdk])[];
export type ReadName = (typeof READS)[number][0];
