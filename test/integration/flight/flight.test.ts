import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { useHangar } from './fixture.ts';

const NEUTRAL = { right: 0, forward: 0, up: 0, yaw: 0 };

describe('flying', () => {
  assertNoLeaks();
  const hangar = useHangar();

  it('takes off, flies by sticks and lands, as its telemetry confirms', async () => {
    const page = await hangar.connect();
    const ready = await eventually(
      () => page.ask('flight.state', {}),
      (state) => state.ready,
    );
    expect(ready).toMatchObject({ phase: 'grounded', pilot: null, reasons: [], available: true });
    expect(await page.ask('flight.takeOff', {})).toMatchObject({ outcome: 'confirmed' });
    const state = await page.ask('flight.state', {});
    expect(state).toMatchObject({ phase: 'flying', pilot: { id: state.you } });

    await page.ask('flight.sticks', NEUTRAL);
    const sent = await page.ask('flight.sticks', { ...NEUTRAL, forward: 100, yaw: -50 });
    expect(sent).toEqual({
      sent: { right: 0, forward: 60, up: 0, yaw: -30 },
      neutralNeeded: false,
    });
    await expect.poll(() => hangar.drone.sticks.at(-1)).toBe('rc 0 60 0 -30');
    await page.ask('flight.sticks', NEUTRAL);
    await expect.poll(() => hangar.drone.sticks.at(-1)).toBe('rc 0 0 0 0');

    expect(await page.ask('flight.land', {})).toMatchObject({ outcome: 'confirmed' });
    expect(page.flight()).toMatchObject({ phase: 'grounded' });
    expect(hangar.drone.orders.filter((text) => !text.startsWith('rc'))).toEqual([
      'takeoff',
      'land',
    ]);
  });

  it('lets go of sticks that nobody renews, repeats zero for half a second and is silent', async () => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    await page.ask('flight.sticks', { ...NEUTRAL, up: 50 });
    await expect.poll(() => hangar.drone.sticks.at(-1)).toBe('rc 0 0 30 0');
    await expect.poll(() => hangar.drone.sticks.at(-1)).toBe('rc 0 0 0 0');
    await sleep(800);
    const count = hangar.drone.sticks.length;
    const zeros = hangar.drone.sticks.filter((text) => text === 'rc 0 0 0 0').length;
    expect(zeros).toBeGreaterThan(5);
    await sleep(300);
    expect(hangar.drone.sticks).toHaveLength(count);
    // Held all along, it does not begin to count again by itself.
    expect(await page.ask('flight.sticks', { ...NEUTRAL, up: 50 })).toMatchObject({
      sent: NEUTRAL,
      neutralNeeded: true,
    });
  });

  it('tells telemetry ten times a second, with fields nobody knows', async () => {
    hangar.drone.extra = 'novel:42;';
    const page = await hangar.connect();
    await expect.poll(() => page.telemetry.length, { timeout: 10_000 }).toBeGreaterThan(10);
    expect(page.telemetry.at(-1)).toMatchObject({
      batteryPercent: 87,
      heightCm: 0,
      fields: { novel: '42', bat: '87' },
    });
    expect(page.telemetry.at(-1)).not.toHaveProperty('barometerM');
    expect((await page.ask('flight.history', {})).length).toBeGreaterThan(1);
  });
});
