import { describe, expect, it } from 'vitest';
import { FlightObserver } from '../../../electron/flight/flight-observer.ts';
import type { DroneState } from '../../../electron/video/drone-controls.ts';
import { droneState } from './states.ts';

const LOST_MS = 4_000;

/** A drone whose telemetry a test writes, ten reports a second on a clock of its own. */
function observed() {
  const observer = new FlightObserver(LOST_MS);
  let nowMs = 0;
  let motorMs = 0;
  const phases: string[] = [];
  return {
    observer,
    phases,
    now: () => nowMs,
    pass(seconds: number, part: (second: number) => Partial<DroneState>, motors = false) {
      for (let at = 0; at < seconds * 10; at++) {
        nowMs += 100;
        if (motors) motorMs += 100;
        const seconds = Math.floor(motorMs / 1_000);
        const phase = observer.telemetry(
          droneState({ motorSeconds: seconds, ...part(at / 10) }),
          nowMs,
        );
        if (phases.at(-1) !== phase) phases.push(phase);
      }
    },
    silence(seconds: number) {
      nowMs += seconds * 1_000;
    },
  };
}

const climbing = (second: number) => ({ heightCm: second * 20, zSpeedDmS: -2 });
const hovering = () => ({ heightCm: 80, distanceCm: 90 });
const sinking = (second: number) => ({ heightCm: 80 - second * 20, zSpeedDmS: 2 });

describe('what a drone does', () => {
  it('is unknown until its motors are known to stand still', () => {
    const { observer, pass, now } = observed();
    expect(observer.phase(0)).toBe('unknown');
    pass(1, () => ({}));
    expect(observer.phase(now())).toBe('unknown');
    pass(1, () => ({}));
    expect(observer.phase(now())).toBe('grounded');
    expect(observer.couldBeFlying(now())).toBe(false);
  });

  it('is seen from take-off to landing', () => {
    const { observer, pass, phases, now } = observed();
    pass(3, () => ({}));
    observer.commanded('take-off', now());
    pass(4, climbing, true);
    pass(3, hovering, true);
    observer.commanded('land', now());
    pass(4, sinking, true);
    pass(3, () => ({}));
    expect(phases).toEqual(['unknown', 'grounded', 'taking-off', 'flying', 'landing', 'grounded']);
  });

  it('is not what was asked of it: nothing is believed before it shows', () => {
    const { observer, pass, phases, now } = observed();
    pass(3, () => ({}));
    observer.commanded('take-off', now());
    pass(10, () => ({}));
    expect(phases).toEqual(['unknown', 'grounded']);
    expect(observer.couldBeFlying(now())).toBe(true);
    pass(35, () => ({}));
    expect(observer.couldBeFlying(now())).toBe(false);
  });

  it('the captured late ok: land at 8.0 s shows when it sinks at 25 s, and not before', () => {
    const { observer, pass, phases, now } = observed();
    pass(2, () => ({}));
    observer.commanded('take-off', now());
    pass(4, climbing, true);
    pass(2, hovering, true);
    observer.commanded('land', now());
    pass(17, hovering, true);
    expect(phases.at(-1)).toBe('flying');
    pass(4, sinking, true);
    expect(phases.at(-1)).toBe('landing');
    pass(2, () => ({}));
    expect(phases.at(-1)).toBe('grounded');
  });

  it('is on the ground where it landed, be it a table', () => {
    const { observer, pass, phases, now } = observed();
    pass(3, () => ({}));
    observer.commanded('take-off', now());
    pass(4, climbing, true);
    pass(3, hovering, true);
    observer.commanded('land', now());
    pass(1, () => ({ heightCm: 75, zSpeedDmS: 2 }), true);
    pass(3, () => ({ heightCm: 70, distanceCm: 10 }));
    expect(phases.at(-1)).toBe('grounded');
  });

  it('does not fly in somebody’s hands, nor with motors that merely cool it', () => {
    const { pass, phases } = observed();
    pass(3, () => ({}));
    pass(3, (second) => ({ heightCm: second * 50, distanceCm: 150, zSpeedDmS: -5 }));
    pass(5, () => ({}), true);
    expect(phases).toEqual(['unknown', 'grounded']);
  });

  it('flies when it flew before anybody looked', () => {
    const { pass, phases } = observed();
    pass(2, hovering, true);
    expect(phases).toEqual(['flying']);
  });

  it('is unknown without telemetry for 4 s, and may be flying all the same', () => {
    const { observer, pass, silence, now } = observed();
    pass(3, hovering, true);
    silence(3.9);
    expect(observer.phase(now())).toBe('flying');
    silence(0.2);
    expect(observer.phase(now())).toBe('unknown');
    expect(observer.couldBeFlying(now())).toBe(true);
    pass(2, hovering, true);
    expect(observer.phase(now())).toBe('flying');
  });

  it('is grounded after a link that was lost for as long as it took to land', () => {
    const { observer, pass, silence, now } = observed();
    pass(3, hovering, true);
    silence(20);
    pass(3, () => ({ motorSeconds: 18 }));
    expect(observer.phase(now())).toBe('grounded');
    expect(observer.couldBeFlying(now())).toBe(false);
  });

  it('has its motors stopped when they were told to, and takes off again', () => {
    const { observer, pass, phases, now } = observed();
    pass(3, hovering, true);
    observer.commanded('stop-motors', now());
    pass(0.5, () => ({ heightCm: 40, zSpeedDmS: 9 }));
    pass(3, () => ({}));
    expect(phases).toEqual(['flying', 'motors-stopped']);
    observer.commanded('take-off', now());
    pass(3, climbing, true);
    expect(phases.at(-1)).toBe('taking-off');
  });

  it('counts a restart, and is grounded after it', () => {
    const { observer, pass, now } = observed();
    pass(3, hovering, true);
    pass(3, () => ({ motorSeconds: 0 }));
    expect(observer.restarts).toBe(1);
    expect(observer.phase(now())).toBe('grounded');
  });

  it('is told by height alone where the motors tell nothing', () => {
    const { pass, phases } = observed();
    const mute = (part: Partial<DroneState>) => {
      const { motorSeconds: _none, ...rest } = droneState(part);
      return { ...rest, motorSeconds: undefined } as unknown as Partial<DroneState>;
    };
    pass(3, () => mute({}));
    pass(3, () => mute({ heightCm: 80, distanceCm: 90 }));
    pass(3, () => mute({}));
    expect(phases).toEqual(['unknown', 'grounded', 'flying', 'grounded']);
  });

  it('stays unknown where telemetry tells neither height nor motors', () => {
    const { observer, now } = observed();
    observer.telemetry({ fields: new Map([['bat', '50']]), batteryPercent: 50 }, 100);
    observer.telemetry({ fields: new Map(), batteryPercent: 50 }, 3_000);
    expect(observer.phase(now())).toBe('unknown');
  });
});
