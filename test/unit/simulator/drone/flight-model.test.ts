import { describe, expect, it } from 'vitest';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { CALM } from '../../../../electron/simulator/drone/flight-state.ts';

const STEP_MS = 20;

function pass(model: FlightModel, ms: number, surroundings = CALM): void {
  for (let at = 0; at < ms; at += STEP_MS) model.step(STEP_MS, surroundings);
}

function hovering(): FlightModel {
  const model = new FlightModel(87);
  model.takeOff();
  pass(model, 9_000);
  expect(model.phase).toBe('hover');
  return model;
}

/** How long it is busy, in seconds. */
function secondsOf(model: FlightModel, longest = 20): number {
  for (let ms = 0; ms < longest * 1_000; ms += STEP_MS) {
    if (model.phase !== 'manoeuvre') return ms / 1_000;
    model.step(STEP_MS);
  }
  throw new Error('never done');
}

describe('the flight model', () => {
  it('has inertia: it leans before it moves, and drifts on after the stick is let go', () => {
    const model = hovering();
    model.sticks(60, 100, 0, 0);
    pass(model, 160);
    expect(model.state.pitchDegrees).toBeLessThan(-8);
    expect(model.state.rollDegrees).toBeGreaterThan(5);
    expect(model.state.velocity.forward).toBeLessThan(40);
    pass(model, 2_000);
    expect(model.state.velocity.forward).toBeGreaterThan(90);
    // Against the air alone it leans little.
    expect(Math.abs(model.state.pitchDegrees)).toBeLessThan(4);
    const { zCm } = model.state;
    model.sticks(0, 0, 0, 0);
    pass(model, 100);
    expect(model.state.velocity.forward).toBeGreaterThan(40);
    pass(model, 2_000);
    expect(model.state.zCm - zCm).toBeGreaterThan(20);
    expect(Math.abs(model.state.velocity.forward)).toBeLessThan(5);
  });

  it.each([
    ['forward', 50, 1.7, 2.5],
    ['left', 50, 1.7, 2.5],
    ['up', 50, 1.7, 2.6],
    ['forward', 200, 4.5, 6],
  ] as const)('flies %s %i cm in the time of a real one', (direction, cm, soonest, latest) => {
    const model = hovering();
    const { xCm, zCm, heightCm } = model.state;
    model.move(direction, cm);
    const seconds = secondsOf(model);
    expect(seconds).toBeGreaterThan(soonest);
    expect(seconds).toBeLessThan(latest);
    const { state } = model;
    const way = Math.hypot(state.xCm - xCm, state.zCm - zCm, state.heightCm - heightCm);
    expect(Math.abs(way - cm)).toBeLessThan(5);
  });

  it('goes along its body axes: turned to the right, forward is to the right', () => {
    const model = hovering();
    model.turn(90);
    secondsOf(model);
    const { xCm, zCm } = model.state;
    model.go(100, 0, 0, 80);
    secondsOf(model);
    expect(model.state.xCm - xCm).toBeGreaterThan(95);
    expect(Math.abs(model.state.zCm - zCm)).toBeLessThan(6);
  });

  it('flies a curve along its arc, not along the chord', () => {
    const model = hovering();
    const start = model.state;
    model.curve({ xCm: 100, yCm: 100, zCm: 0 }, { xCm: 200, yCm: 0, zCm: 0 }, 50);
    let farthestLeft = 0;
    while (model.phase === 'manoeuvre') {
      model.step(STEP_MS);
      farthestLeft = Math.max(farthestLeft, start.xCm - model.state.xCm);
    }
    expect(farthestLeft).toBeGreaterThan(90);
    expect(model.state.zCm - start.zCm).toBeGreaterThan(194);
  });

  it('is pushed by wind, leans against it, and comes back when it calms', () => {
    const model = hovering();
    const { xCm } = model.state;
    pass(model, 6_000, { ...CALM, windCmS: 400 });
    expect(model.state.xCm - xCm).toBeGreaterThan(8);
    expect(model.state.xCm - xCm).toBeLessThan(60);
    expect(model.state.rollDegrees).toBeLessThan(-3);
    pass(model, 6_000);
    expect(Math.abs(model.state.xCm - xCm)).toBeLessThan(3);
  });

  it('does not fly through a wall, and bounces a little', () => {
    const model = hovering();
    const wall = { ...CALM, wallCm: 150 };
    model.sticks(0, 100, 0, 0);
    const speeds: number[] = [];
    for (let i = 0; i < 200; i++) {
      model.step(STEP_MS, wall);
      expect(model.state.zCm).toBeLessThanOrEqual(141);
      speeds.push(model.state.velocity.forward);
    }
    expect(Math.min(...speeds)).toBeLessThan(-10);
  });

  it('falls when its motors stop in the air, and takes off again from there', () => {
    const model = hovering();
    const { heightCm } = model.state;
    model.stopMotors();
    expect(model.takeOff()).toBe(false);
    pass(model, 200);
    const fallen = heightCm - model.state.heightCm;
    expect(fallen).toBeGreaterThan(15);
    expect(fallen).toBeLessThan(25);
    pass(model, 400);
    expect(model.phase).toBe('ground');
    expect(model.takeOff()).toBe(true);
  });

  it('keeps off the ground while it flies', () => {
    const model = hovering();
    model.move('down', 200);
    secondsOf(model);
    expect(model.state.heightCm).toBeGreaterThan(15);
    model.sticks(0, 0, -100, 0);
    pass(model, 2_000);
    expect(model.state.heightCm).toBeGreaterThan(5);
  });

  it('draws more from its battery in the air', () => {
    const grounded = new FlightModel(87);
    const flying = hovering();
    const before = flying.state.batteryPercent;
    pass(grounded, 20_000);
    pass(flying, 20_000);
    expect(before - flying.state.batteryPercent).toBeGreaterThan(
      4 * (87 - grounded.state.batteryPercent),
    );
  });
});
