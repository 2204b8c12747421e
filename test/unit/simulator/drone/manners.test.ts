import { describe, expect, it } from 'vitest';
import { CALM } from '../../../../electron/simulator/drone/flight-state.ts';
import { newDrone, TAKEOFF_MS } from '../../../support/new-drone.ts';

describe('bad manners', () => {
  it('ok to everything, questions and nonsense too, but still nothing to rc', () => {
    const drone = newDrone(87, 'tt', { alwaysOk: true });
    for (const text of ['battery?', 'nonsense', 'up 20', 'rc 0 0 0 0']) drone.say(text);
    expect(drone.answers).toEqual(['ok', 'ok', 'ok', null]);
  });

  it('error to streamon, which is carried out', () => {
    const drone = newDrone(87, 'tt', { streamonError: true });
    drone.say('streamon');
    expect(drone.answers).toEqual(['error']);
    expect(drone.effects.stream).toHaveBeenCalledWith(true);
  });

  it('one late ok for takeoff and landing, as captured', () => {
    const drone = newDrone(87, 'tt', { oneOkForTwoMs: 17_000 });
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    expect(drone.field('h')).toBe(80);
    expect(drone.answers).toEqual([null]);
    drone.say('land');
    drone.pass(16_000);
    expect(drone.field('h')).toBe(80);
    drone.pass(4_000);
    expect(drone.answers).toEqual([null]);
    drone.pass(2_000);
    expect(drone.field('h')).toBe(0);
    expect(drone.answers).toEqual([null, 'ok']);
  });
});

describe('a drone that will not', () => {
  it('flips with less than half a battery', () => {
    const drone = newDrone(49);
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('flip l');
    expect(drone.answers).toEqual(['ok', 'error']);
  });

  it('takes off or moves without a floor it can see, but hears the sticks', () => {
    const floor = { noValidImu: true };
    const drone = newDrone(87, 'tt', floor);
    for (const text of ['takeoff', 'throwfly']) drone.say(text);
    floor.noValidImu = false;
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    floor.noValidImu = true;
    for (const text of ['up 50', 'flip l', 'cw 90', 'go 50 0 0 50']) drone.say(text);
    const refused = 'error No valid imu';
    expect(drone.answers).toEqual([refused, refused, 'ok', ...Array(4).fill(refused)]);
    drone.say('rc 0 50 0 0');
    drone.pass(1_500);
    expect(drone.field('vgx')).toBeGreaterThan(3);
  });

  it('lands by itself when its battery is nearly empty, in the middle of what it does', () => {
    const drone = newDrone(10);
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    for (let time = 0; time < 40 && drone.field('bat') > 5; time++) {
      drone.say('cw 90');
      drone.pass(2_500);
    }
    drone.pass(8_000);
    expect(drone.field('h')).toBe(0);
    expect(drone.field('bat')).toBeLessThanOrEqual(5);
    expect(drone.answers).toContain('error Auto land');
  });

  it('flies through a wall: it stays before it, and gives up after 15 s', () => {
    const drone = newDrone(87, 'tt', {}, { ...CALM, wallCm: 150 });
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('forward 300');
    drone.pass(16_000);
    expect(drone.answers).toEqual(['ok', 'error Run timeout']);
    expect(drone.pose().zM).toBeLessThan(1.5);
  });
});
