export type Vector = readonly [number, number, number];

export function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

export function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

export function scaled(u: Vector, by: number): Vector {
  return [u[0] * by, u[1] * by, u[2] * by];
}

/** `byU` times the one and `byV` times the other. */
export function combined(u: Vector, byU: number, v: Vector, byV: number): Vector {
  return [u[0] * byU + v[0] * byV, u[1] * byU + v[1] * byV, u[2] * byU + v[2] * byV];
}
