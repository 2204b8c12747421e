import { describe, expect, it } from 'vitest';
import { newDrone, TAKEOFF_MS } from '../../../support/new-drone.ts';

describe('drone', () => {
  it('takes off, moves, lands, and answers each when it is done', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(8_500);
    expect(drone.answers).toEqual([]);
    drone.pass(300);
    expect(drone.answers).toEqual(['ok']);
    expect(drone.field('h')).toBe(80);
    drone.say('up 100');
    drone.pass(3_000);
    expect(drone.field('h')).toBe(180);
    drone.say('cw 90');
    drone.pass(2_500);
    expect(Math.abs(drone.field('yaw') - 90)).toBeLessThanOrEqual(1);
    drone.say('land');
    drone.pass(8_000);
    expect(drone.field('h')).toBe(0);
    expect(drone.answers).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(drone.field('time')).toBeGreaterThan(5);
  });

  it('takes a move as soon as it is up: the take-off is answered by then', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(2_000);
    drone.say('up 50');
    expect(drone.answers).toEqual(['error Not joystick']);
    drone.pass(3_500);
    drone.say('up 50');
    expect(drone.answers.slice(1)).toEqual(['ok']);
    drone.pass(3_000);
    expect(drone.answers.slice(1)).toEqual(['ok', 'ok']);
    expect(drone.field('h')).toBe(130);
  });

  it('refuses to move on the ground, and during another manoeuvre', () => {
    const drone = newDrone();
    for (const text of ['up 20', 'flip f', 'go 50 0 0 50', 'cw 10', 'land', 'stop'])
      drone.say(text);
    expect(drone.answers).toEqual(Array(6).fill('error Not joystick'));
    drone.say('takeoff');
    drone.say('takeoff');
    expect(drone.answers).toHaveLength(7);
  });

  it('lands by itself after 15 s without a command', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(14_000);
    expect(drone.field('h')).toBe(80);
    drone.say('rc 0 0 0 0');
    drone.pass(14_000);
    expect(drone.field('h')).toBe(80);
    drone.pass(6_000);
    expect(drone.field('h')).toBe(0);
  });

  it('never answers rc and emergency, and stops at once', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('rc 0 50 0 0');
    drone.pass(1_000);
    expect(drone.field('vgx')).toBe(5);
    drone.say('emergency');
    expect(drone.answers).toEqual(['ok', null, null]);
    const heightCm = drone.field('h');
    drone.pass(200);
    expect(drone.field('h')).toBeLessThan(heightCm);
    drone.pass(400);
    expect(drone.field('h')).toBe(0);
  });

  it('passes on what concerns the stream', () => {
    const drone = newDrone();
    for (const text of [
      'streamon',
      'port 5000 6000',
      'setfps low',
      'setbitrate 3',
      'setresolution low',
      'downvision 1',
      'streamoff',
    ]) {
      drone.say(text);
    }
    expect(drone.effects.stream.mock.calls).toEqual([[true], [false]]);
    expect(drone.effects.ports).toHaveBeenCalledWith(5_000, 6_000);
    expect(drone.effects.video.mock.calls).toEqual([
      [{ fps: 5 }],
      [{ bitrateBps: 3_000_000 }],
      [{ resolution: 'low' }],
      [{ looksDown: true }],
    ]);
  });

  it('answers questions, and its battery runs down', () => {
    const drone = newDrone(60);
    for (const text of ['battery?', 'time?', 'height?', 'sdk?', 'tof?']) drone.say(text);
    expect(drone.answers).toEqual(['60\r\n', '0s\r\n', '0dm\r\n', '30\r\n', '100mm\r\n']);
    drone.say('takeoff');
    drone.pass(14_000);
    expect(drone.field('bat')).toBeLessThan(60);
  });

  it('forgets the sticks of the ground when it takes off', () => {
    const drone = newDrone();
    drone.say('rc 0 100 100 0');
    drone.pass(500);
    drone.say('takeoff');
    drone.say('rc 0 0 100 0');
    drone.pass(TAKEOFF_MS);
    expect([drone.field('vgx'), drone.field('vgz'), drone.field('h')]).toEqual([0, 0, 80]);
    drone.say('rc 0 0 900 0');
    drone.pass(1_200);
    expect(drone.field('h')).toBe(180);
    expect(drone.answers).toEqual([null, null, 'ok', null]);
  });

  it.each([
    [80, 3_900, 4_400],
    [180, 4_800, 5_800],
    [1_080, 5_800, 6_600],
  ])('lands from %i cm in the time of a real one', (heightCm, soonestMs, latestMs) => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    for (let left = heightCm - 80; left > 0; left -= 500) {
      drone.say(`go 0 0 ${Math.min(500, left)} 100`);
      drone.pass(8_000);
    }
    expect(drone.field('h')).toBe(heightCm);
    const before = drone.answers.length;
    drone.say('land');
    drone.pass(soonestMs);
    expect(drone.answers).toHaveLength(before);
    drone.pass(latestMs - soonestMs);
    expect(drone.answers).toHaveLength(before + 1);
    expect(drone.field('h')).toBe(0);
  });

  it('lands no slower for being told again and again, and says ok once', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    for (const text of ['up 500', 'up 420']) {
      drone.say(text);
      drone.pass(12_000);
    }
    expect(drone.field('h')).toBe(1_000);
    for (let time = 0; time < 6; time++) {
      drone.say('land');
      drone.pass(1_000);
    }
    expect(drone.answers).toHaveLength(3);
    drone.pass(600);
    expect(drone.field('h')).toBe(0);
    expect(drone.answers).toEqual(Array(4).fill('ok'));
  });

  it('flies a curve in the time its arc takes, and refuses what is no arc', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('curve 50 0 50 100 0 100 20');
    expect(drone.answers).toEqual(['ok', 'out of range']);
    // A half circle of 1 m radius, standing upright: 314 cm.
    drone.say('curve 100 0 100 0 0 200 50');
    drone.pass(6_000);
    expect(drone.answers).toHaveLength(2);
    drone.pass(2_000);
    expect(drone.answers.slice(2)).toEqual(['ok']);
    expect(drone.field('h')).toBe(280);
  });

  it('sees no mission pad it does not look for', () => {
    const drone = newDrone();
    drone.say('go 0 0 100 50 m1');
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    for (const text of ['go 0 0 100 50 m1', 'jump 0 0 100 50 0 m1 m2']) drone.say(text);
    expect(drone.answers.slice(-2)).toEqual(Array(2).fill('error No valid marker'));
    expect(drone.answers[0]).toBe('error Not joystick');
  });

  it('gives up what takes longer than 15 s, and lands 15 s after that', () => {
    const drone = newDrone();
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('go 500 0 0 10');
    drone.pass(14_900);
    expect(drone.answers).toEqual(['ok']);
    drone.pass(200);
    expect(drone.answers).toEqual(['ok', 'error Run timeout']);
    drone.pass(14_000);
    expect(drone.field('h')).toBe(80);
    drone.pass(6_000);
    expect(drone.field('h')).toBe(0);
  });

  it('stays up while it hears keepalive', () => {
    const drone = newDrone();
    drone.say('takeoff');
    for (let time = 0; time < 5; time++) {
      drone.pass(10_000);
      drone.say('keepalive');
    }
    expect(drone.field('h')).toBe(80);
  });

  it('does not start its motors with an empty battery', () => {
    const drone = newDrone(9);
    for (const text of ['takeoff', 'throwfly']) drone.say(text);
    expect(drone.answers).toEqual(Array(2).fill('error Motor stop'));
  });

  it('cools itself with slow motors, on the ground alone', () => {
    const drone = newDrone();
    for (const text of ['motoroff', 'motoron', 'motoron']) drone.say(text);
    expect(drone.answers).toEqual(['error', 'ok', 'error']);
    const warm = drone.field('temph');
    drone.pass(60_000);
    expect(drone.field('temph')).toBeLessThan(warm);
    // The second second of it may still be a hair short of whole.
    expect(drone.field('time')).toBeGreaterThan(58);
    drone.say('takeoff');
    drone.pass(TAKEOFF_MS);
    drone.say('motoron');
    expect(drone.answers.slice(3)).toEqual(['ok', 'error']);
  });

  it('takes off when it is thrown', () => {
    const drone = newDrone();
    drone.say('throwfly');
    expect(drone.answers).toEqual(['ok']);
    drone.pass(1_500);
    expect(drone.field('h')).toBe(0);
    drone.pass(8_000);
    expect(drone.field('h')).toBe(80);
  });

  it('starts again for another network, or when told to', () => {
    const drone = newDrone();
    for (const text of ['wifi NAME secret', 'ap NAME secret', 'reboot']) drone.say(text);
    expect(drone.answers).toEqual([
      'OK,drone will reboot in 3s',
      'OK,drone will reboot in 3s',
      null,
    ]);
    expect(drone.effects.reboot.mock.calls).toEqual([[3_000], [3_000], [0]]);
  });

  it('answers for its controller', () => {
    const drone = newDrone();
    for (const text of ['EXT led 1 2 3', 'EXT led 1', 'EXT mled g rbp0', 'EXT tof?']) {
      drone.say(text);
    }
    expect(drone.answers).toEqual(['led ok', 'led error', 'matrix ok', 'tof 8192\r\n']);
  });

  it('is an older one if told so', () => {
    const plain = newDrone(87, 'tello');
    for (const text of ['sdk?', 'mon']) plain.say(text);
    expect(plain.answers).toEqual(['unknown command: sdk?', 'unknown command: mon']);
    const edu = newDrone(87, 'edu');
    for (const text of ['sdk?', 'mon', 'motoron']) edu.say(text);
    expect(edu.answers).toEqual(['20\r\n', 'ok', 'unknown command: motoron']);
  });
});
