import { describe, expect, it } from 'vitest';
import { cameraPose } from '../../../../electron/simulator/drone/camera-pose.ts';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import type { Pose } from '../../../../electron/simulator/picture/pose.ts';

const PICTURE_MS = 1_000 / 30;

/** Flies the model and looks through its camera, thirty times a second. */
function fly(model: FlightModel, fromMs: number, ms: number): Pose[] {
  const poses: Pose[] = [];
  for (let i = 1; i * PICTURE_MS <= ms; i++) {
    model.step(PICTURE_MS);
    poses.push(cameraPose(fromMs + i * PICTURE_MS, model.state));
  }
  return poses;
}

function hovering(): FlightModel {
  const model = new FlightModel(87);
  model.takeOff();
  fly(model, 0, 9_000);
  return model;
}

describe('the eye of the simulated drone', () => {
  it('stands still on the ground', () => {
    const [first, ...others] = fly(new FlightModel(87), 0, 1_000);
    for (const pose of others) expect(pose).toEqual(first);
  });

  it('rises with it, without a jump', () => {
    const model = new FlightModel(87);
    model.takeOff();
    const heights = fly(model, 0, 9_000).map(({ heightM }) => heightM);
    expect(heights.at(-1)).toBeCloseTo(0.8, 1);
    const steps = heights.slice(1).map((height, i) => Math.abs(height - (heights[i] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
  });

  it('goes where it looks', () => {
    const model = hovering();
    model.turn(90);
    const before = fly(model, 9_000, 3_000).at(-1);
    model.move('forward', 100);
    const after = fly(model, 12_000, 5_000).at(-1);
    expect((after?.xM ?? 0) - (before?.xM ?? 0)).toBeCloseTo(1, 1);
    expect((after?.zM ?? 0) - (before?.zM ?? 0)).toBeCloseTo(0, 1);
  });

  it('rolls over once in a flip, and stands as before', () => {
    const model = hovering();
    const before = fly(model, 9_000, 100).at(-1);
    model.flip('r');
    const poses = fly(model, 9_100, 4_000);
    const isOnItsHead = ({ roll }: Pose) => Math.cos(roll) < -0.9;
    expect(poses.some(isOnItsHead)).toBe(true);
    const last = poses.at(-1);
    expect(Math.abs(last?.roll ?? 9)).toBeLessThan(0.05);
    expect((last?.heightM ?? 0) - (before?.heightM ?? 9)).toBeCloseTo(0, 1);
    expect((last?.xM ?? 0) - (before?.xM ?? 9)).toBeGreaterThan(0.1);
  });
});
