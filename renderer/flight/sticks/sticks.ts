/** Percent of full deflection: right, forward, up, clockwise. */
export type Sticks = { right: number; forward: number; up: number; yaw: number };
export type Axis = keyof Sticks;

export const NEUTRAL: Sticks = { right: 0, forward: 0, up: 0, yaw: 0 };
export const FULL = 100;
const axes: readonly Axis[] = ['right', 'forward', 'up', 'yaw'];

export function isNeutral(sticks: Sticks): boolean {
  return axes.every((axis) => sticks[axis] === 0);
}

export function areSame(one: Sticks, other: Sticks): boolean {
  return axes.every((axis) => one[axis] === other[axis]);
}

/** What several hands hold together, never beyond full. */
export function together(held: readonly Sticks[]): Sticks {
  const sum = (axis: Axis) => {
    const total = held.reduce((so, sticks) => so + sticks[axis], 0);
    return Math.round(Math.min(FULL, Math.max(-FULL, total)));
  };
  return { right: sum('right'), forward: sum('forward'), up: sum('up'), yaw: sum('yaw') };
}
