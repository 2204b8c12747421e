import { describe, expect, it, vi } from 'vitest';
import { type Answer, Drone } from '../../../../electron/simulator/drone/drone.ts';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { formatStateLine } from '../../../../electron/simulator/drone/state-line.ts';

/** Captured on a real EDU unit, on the ground. */
const CAPTURED =
  'mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;pitch:-1;roll:0;yaw:0;vgx:0;vgy:0;vgz:0;' +
  'templ:55;temph:57;tof:10;h:0;bat:55;baro:681.32;time:0;agx:-10.00;agy:-3.00;agz:-1000.00;\r\n';

const STEP_MS = 100;

/** A drone, its answers, and a way to let time pass. */
function newDrone(battery = 87) {
  const effects = { stream: vi.fn(), ports: vi.fn(), video: vi.fn() };
  const drone = new Drone(battery, effects);
  const answers: Answer[] = [];
  let nowMs = 0;
  return {
    effects,
    answers,
    say: (text: string) => drone.execute(text, nowMs, (answer) => answers.push(answer)),
    pass(ms: number) {
      for (const endMs = nowMs + ms; nowMs < endMs; ) {
        nowMs += STEP_MS;
        drone.step(STEP_MS, nowMs);
      }
    },
    field: (name: string) =>
      Number(new RegExp(`;${name}:(-?[\\d.]+);`).exec(drone.stateLine())?.[1]),
  };
}

describe('state line', () => {
  it('is the captured one, field by field', () => {
    const { state } = new FlightModel(55);
    expect(formatStateLine({ ...state, pitchDegrees: -1, temperatureC: 56 })).toBe(
      // Leaning by one degree moves agx; the captured unit stood still and crooked.
      CAPTURED.replace('agx:-10.00', 'agx:-27.45'),
    );
    expect(formatStateLine({ ...state, temperatureC: 56 })).toBe(
      CAPTURED.replace('pitch:-1', 'pitch:0'),
    );
  });

  it('tells velocities in dm/s with up negative, height in tens, and no reading beyond the sensor', () => {
    const { state } = new FlightModel(50.2);
    const line = formatStateLine({
      ...state,
      heightCm: 1_234,
      velocity: { forward: 30, right: -20, up: 40 },
    });
    expect(line).toContain(';vgx:3;vgy:-2;vgz:-4;');
    expect(line).toContain(';tof:6553;h:1230;bat:51;baro:693.66;');
    expect(line).not.toContain('-0;');
  });
});

describe('drone', () => {
  it('takes off, moves, lands, and answers each when it is done', () => {
    const drone = newDrone();
    drone.say('takeoff');
    expect(drone.answers).toEqual([]);
    drone.pass(5_000);
    expect(drone.answers).toEqual(['ok']);
    expect(drone.field('h')).toBe(80);
    drone.say('up 100');
    drone.pass(3_000);
    expect(drone.field('h')).toBe(180);
    drone.say('cw 90');
    drone.pass(1_500);
    expect(drone.field('yaw')).toBe(90);
    drone.say('land');
    drone.pass(8_000);
    expect(drone.field('h')).toBe(0);
    expect(drone.answers).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(drone.field('time')).toBeGreaterThan(5);
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
    drone.pass(5_000);
    drone.say('rc 0 50 0 0');
    drone.pass(1_000);
    expect(drone.field('vgx')).toBe(5);
    drone.say('emergency');
    expect(drone.answers).toEqual(['ok', null, null]);
    expect(drone.field('h')).toBe(0);
  });

  it('passes on what concerns the stream', () => {
    const drone = newDrone();
    for (const text of [
      'streamon',
      'port 5 6',
      'setfps low',
      'setbitrate 3',
      'setresolution low',
      'streamoff',
    ]) {
      drone.say(text);
    }
    expect(drone.effects.stream.mock.calls).toEqual([[true], [false]]);
    expect(drone.effects.ports).toHaveBeenCalledWith(5, 6);
    expect(drone.effects.video.mock.calls).toEqual([
      [{ fps: 5 }],
      [{ bitrateBps: 3_000_000 }],
      [{ resolution: 'low' }],
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
});
