import { describe, expect, it } from 'vitest';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { MISSION_PADS, PadDetector } from '../../../../electron/simulator/drone/mission-pads.ts';
import { newDrone, TAKEOFF_MS } from '../../../support/new-drone.ts';

const [first] = MISSION_PADS;
const over = {
  ...new FlightModel(87).state,
  heightCm: 100,
  xCm: first?.xCm ?? 0,
  zCm: first?.zCm ?? 0,
};

describe('mission pads', () => {
  it('are seen when they are looked for, from above and near', () => {
    const pads = new PadDetector();
    expect(pads.read(over)).toBeNull();
    pads.switch(true);
    expect(pads.read(over)?.number).toBe(1);
    expect(pads.read({ ...over, heightCm: 20 })).toBeNull();
    expect(pads.read({ ...over, heightCm: 210 })).toBeNull();
    expect(pads.read({ ...over, zCm: over.zCm + 90 })).toBeNull();
    pads.look('ahead');
    expect(pads.read(over)).toBeNull();
    pads.look('both');
    expect(pads.read(over)).not.toBeNull();
    pads.switch(false);
    expect(pads.read(over)).toBeNull();
  });

  it('tell where the drone is: ahead of it is x, to its left is y', () => {
    const pads = new PadDetector();
    pads.switch(true);
    const aside = { ...over, xCm: over.xCm + 20, zCm: over.zCm + 10, yawDegrees: 30 };
    expect(pads.read(aside)).toEqual({ number: 1, xCm: 10, yCm: -20, zCm: 100, yawDegrees: 30 });
  });

  it('have names: one that is out of sight is none', () => {
    const pads = new PadDetector();
    pads.switch(true);
    expect(pads.read(over, 1)?.number).toBe(1);
    expect(pads.read(over, 5)).toBeNull();
    expect(pads.read(over, 'any')?.number).toBe(1);
  });
});

describe('mission pads under the drone', () => {
  function overFirstPad() {
    const drone = newDrone();
    drone.say('mon');
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('forward 120');
    drone.pass(5_000);
    return drone;
  }

  it('are in the state line, until it no longer looks', () => {
    const drone = overFirstPad();
    expect(drone.field('mid')).toBe(1);
    expect(Math.abs(drone.field('x'))).toBeLessThan(6);
    expect(drone.field('z')).toBeGreaterThan(70);
    drone.say('moff');
    expect(drone.line()).toMatch(/^mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;/);
  });

  it('are places to fly to', () => {
    const drone = overFirstPad();
    drone.say('go 30 0 100 50 m1');
    drone.pass(5_000);
    expect(drone.answers.at(-1)).toBe('ok');
    expect(drone.field('x')).toBeGreaterThan(24);
    expect(drone.field('x')).toBeLessThan(36);
    expect(drone.field('h')).toBe(100);
    drone.say('go 0 0 100 50 m7');
    expect(drone.answers.at(-1)).toBe('error No valid marker');
  });

  it('are jumped between: over the first, then over the second, turned', () => {
    const drone = overFirstPad();
    drone.say('jump 0 -60 100 60 45 m1 m2');
    drone.pass(8_000);
    expect(drone.answers.at(-1)).toBe('ok');
    expect(drone.field('mid')).toBe(2);
    expect(Math.abs(drone.field('yaw') - 45)).toBeLessThanOrEqual(1);
    drone.say('jump 0 0 100 60 45 m2 m6');
    drone.pass(8_000);
    expect(drone.answers.at(-1)).toBe('error No valid marker');
  });
});
