import type { Pose } from './pose.ts';

/** Focal length in picture widths: 61 degrees from side to side. */
const FOCAL = 0.85;

type Vector = { x: number; y: number; z: number };

/** A point in the picture, in points from its upper left corner, and how far ahead it lies. */
export type Projected = { column: number; row: number; depth: number };

/** A pinhole: which way each point of the picture looks, and where in the picture a place is. */
export class Eye {
  readonly width: number;
  readonly height: number;
  readonly focal: number;
  /** What one point to the right, or one down, adds to the direction of a ray. */
  readonly stepRight: Vector;
  readonly stepDown: Vector;
  readonly ahead: Vector;
  /** Where it is, in metres; `y` above the land. */
  readonly at: Vector;
  readonly #right: Vector;
  readonly #up: Vector;

  /** `tilt` is how far the camera looks up, in the drone. */
  constructor(width: number, height: number, pose: Pose, tilt: number, heightM: number) {
    this.width = width;
    this.height = height;
    this.focal = FOCAL * width;
    this.at = { x: pose.xM, y: heightM, z: pose.zM };
    const [sinRoll, cosRoll] = [Math.sin(pose.roll), Math.cos(pose.roll)];
    const [sinPitch, cosPitch] = [Math.sin(pose.pitch + tilt), Math.cos(pose.pitch + tilt)];
    const [sinYaw, cosYaw] = [Math.sin(pose.yaw), Math.cos(pose.yaw)];
    const level = { x: cosYaw, y: 0, z: -sinYaw };
    const upright = { x: -sinPitch * sinYaw, y: cosPitch, z: -sinPitch * cosYaw };
    this.ahead = { x: cosPitch * sinYaw, y: sinPitch, z: cosPitch * cosYaw };
    this.#right = sum(level, cosRoll, upright, -sinRoll);
    this.#up = sum(level, sinRoll, upright, cosRoll);
    this.stepRight = sum(this.#right, 1 / this.focal, this.#right, 0);
    this.stepDown = sum(this.#up, -1 / this.focal, this.#up, 0);
  }

  /** Direction of the ray through the left end of a row: one metre ahead. */
  leftOf(row: number): Vector {
    const aside = -this.width / 2 + 0.5;
    const down = row + 0.5 - this.height / 2;
    return sum(sum(this.ahead, 1, this.stepRight, aside), 1, this.stepDown, down);
  }

  /** Where a place is seen; `depth` is negative behind the eye. */
  project(x: number, y: number, z: number): Projected {
    const [dx, dy, dz] = [x - this.at.x, y - this.at.y, z - this.at.z];
    const depth = dx * this.ahead.x + dy * this.ahead.y + dz * this.ahead.z;
    const right = dx * this.#right.x + dy * this.#right.y + dz * this.#right.z;
    const up = dx * this.#up.x + dy * this.#up.y + dz * this.#up.z;
    const scale = this.focal / depth;
    return {
      column: this.width / 2 - 0.5 + right * scale,
      row: this.height / 2 - 0.5 - up * scale,
      depth,
    };
  }

  /** A direction as it lies in the picture: to the right, and up. */
  inPicture({ x, y, z }: Vector): { right: number; up: number } {
    return {
      right: x * this.#right.x + y * this.#right.y + z * this.#right.z,
      up: x * this.#up.x + y * this.#up.y + z * this.#up.z,
    };
  }
}

function sum(a: Vector, byA: number, b: Vector, byB: number): Vector {
  return { x: a.x * byA + b.x * byB, y: a.y * byA + b.y * byB, z: a.z * byA + b.z * byB };
}
