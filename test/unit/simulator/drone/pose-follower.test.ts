import { describe, expect, it } from 'vitest';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { PoseFollower } from '../../../../electron/simulator/drone/pose-follower.ts';
import type { Pose } from '../../../../electron/simulator/picture/pose.ts';

const PICTURE_MS = 1_000 / 30;

/** Flies the model at its ten steps a second, and looks through the camera thirty times a second. */
function fly(model: FlightModel, eye: PoseFollower, fromMs: number, ms: number): Pose[] {
  const poses: Pose[] = [];
  for (let i = 1; i * PICTURE_MS <= ms; i++) {
    if (i % 3 === 0) model.step(100);
    poses.push(eye.at(fromMs + i * PICTURE_MS, model.state));
  }
  return poses;
}

function hovering(): { model: FlightModel; eye: PoseFollower } {
  const model = new FlightModel(87);
  const eye = new PoseFollower();
  model.takeOff();
  fly(model, eye, 0, 6_000);
  return { model, eye };
}

describe('the eye of the simulated drone', () => {
  it('stands still on the ground', () => {
    const [first, ...others] = fly(new FlightModel(87), new PoseFollower(), 0, 1_000);
    for (const pose of others) expect(pose).toEqual(first);
  });

  it('rises with it, without a jump', () => {
    const model = new FlightModel(87);
    model.takeOff();
    const heights = fly(model, new PoseFollower(), 0, 6_000).map(({ heightM }) => heightM);
    expect(heights.at(-1)).toBeCloseTo(0.8, 1);
    const steps = heights.slice(1).map((height, i) => Math.abs(height - (heights[i] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.03);
  });

  it('goes where it looks', () => {
    const { model, eye } = hovering();
    model.turn(90);
    fly(model, eye, 6_000, 2_000);
    const before = fly(model, eye, 8_000, 100).at(-1);
    model.move('forward', 100);
    const after = fly(model, eye, 8_100, 4_000).at(-1);
    expect((after?.xM ?? 0) - (before?.xM ?? 0)).toBeCloseTo(1, 1);
    expect((after?.zM ?? 0) - (before?.zM ?? 0)).toBeCloseTo(0, 1);
  });

  it('leans into its motion before it moves: nose down ahead, right side down aside', () => {
    const { model, eye } = hovering();
    model.sticks(60, 80, 0, 0);
    const [early] = fly(model, eye, 6_000, 300).slice(-1);
    expect(early?.pitch).toBeLessThan(-0.05);
    expect(early?.roll).toBeGreaterThan(0.05);
    expect(Math.hypot(early?.xM ?? 0, early?.zM ?? 0)).toBeLessThan(0.3);
  });

  it('rolls over once in a flip, and stands as before', () => {
    const { model, eye } = hovering();
    model.flip('r');
    const rolls = fly(model, eye, 6_000, 3_000).map(({ roll }) => roll);
    expect(Math.max(...rolls)).toBeGreaterThan(5.5);
    expect(Math.abs(rolls.at(-1) ?? 9)).toBeLessThan(0.05);
  });
});
