import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTello } from '../../../../electron/sources/tello/tello-source.ts';
import type { TelloTimings } from '../../../../electron/sources/tello/timings.ts';
import type { DroneControls, Telemetry } from '../../../../electron/video/drone-controls.ts';
import type { OpenSource } from '../../../../electron/video/source.ts';
import { FakeTello, goodAnswers, goodExcept } from '../../../support/fake-tello.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { RecordingListener } from '../../../support/recording-listener.ts';

const timings: Partial<TelloTimings> = {
  commandTimeoutMs: 200,
  commandGapMs: 20,
  resyncTimeoutMs: 150,
  lateManoeuvreMs: 1_500,
  // Nothing here is about video: nobody is to ask for it again.
  noVideoAfterMs: 60_000,
  keepAliveMs: 60_000,
};
const NEVER = new AbortController().signal;
const LONG = { timeoutMs: 60_000 };
const QUICK = { timeoutMs: 200 };
const QUESTIONS = ['sdk?', 'sn?', 'hardware?', 'wifiversion?'];

describe('the controls of a drone', () => {
  assertNoLeaks();
  let drone: FakeTello;
  let source: OpenSource | undefined;

  beforeEach(async () => {
    drone = await FakeTello.start();
    source = undefined;
  });
  afterEach(async () => {
    await source?.dispose();
    await drone.close();
  });

  /** Opens the drone and waits until it has told what it is, so that nothing but the test speaks. */
  const fly = async (changes: Partial<TelloTimings> = {}): Promise<DroneControls> => {
    const controls = await openNow(changes);
    await expect.poll(() => controls.identity().wifiVersion).toBeDefined();
    drone.received.length = 0;
    return controls;
  };
  const openNow = async (changes: Partial<TelloTimings> = {}): Promise<DroneControls> => {
    source = await openTello({ timings: { ...timings, ...changes } })(
      {
        kind: 'tello',
        host: '127.0.0.1',
        ports: { command: drone.port, state: 0, video: 0 },
      },
      new RecordingListener(),
      NEVER,
    );
    if (source.controls === undefined) throw new Error('a drone without controls');
    return source.controls;
  };

  it('names what became of a command', async () => {
    const controls = await fly();
    drone.script = goodExcept({
      takeoff: () => [{ data: 'ok\r\n' }],
      flip: () => [{ data: 'error Motor stop' }],
      back: () => [],
    });
    expect(await controls.send('takeoff', QUICK)).toMatchObject({ outcome: 'ok' });
    expect(await controls.send('flip l', QUICK)).toMatchObject({
      outcome: 'refused',
      answer: 'error Motor stop',
    });
    expect(await controls.send('battery?', QUICK)).toMatchObject({ outcome: 'value', value: '87' });
    expect(await controls.send('sdk?', QUICK)).toMatchObject({ outcome: 'value', value: '30' });
    expect(await controls.send('back 50', QUICK)).toMatchObject({ outcome: 'no-answer' });
    for (const text of ['', 'up\n20', 'up 20\0x', 'rc 1 2 3', 'x'.repeat(300)]) {
      expect(await controls.send(text, QUICK)).toMatchObject({
        outcome: 'not-sent',
        error: { code: 'bad-request' },
      });
    }
    await source?.dispose();
    expect(await controls.send('takeoff', QUICK)).toMatchObject({
      outcome: 'cancelled',
      by: 'closed',
      sent: false,
    });
    expect(await controls.emergency()).toMatchObject({
      outcome: 'not-sent',
      error: { code: 'cancelled' },
    });
    expect(drone.received.filter((text) => text === 'back 50')).toHaveLength(1);
  });

  it('ends a command by its signal, and says whether it had left', async () => {
    const controls = await fly();
    drone.script = () => [];
    const abort = new AbortController();
    const options = { ...LONG, signal: abort.signal };
    const both = [controls.send('up 20', options), controls.send('down 20', options)];
    await expect.poll(() => drone.received).toEqual(['up 20']);
    abort.abort();
    expect(await Promise.all(both)).toEqual([
      { outcome: 'cancelled', by: 'signal', sent: true },
      { outcome: 'cancelled', by: 'signal', sent: false },
    ]);
  });

  it('is busy when too much waits', async () => {
    const controls = await fly();
    drone.script = () => [];
    const all = Array.from({ length: 18 }, () => controls.send('up 20', LONG));
    expect(await all[17]).toMatchObject({ outcome: 'not-sent', error: { code: 'busy' } });
  });

  it.each(['stop', 'land', 'emergency'] as const)(
    '%s leaves at once, past a command in flight and sixteen that wait',
    async (express) => {
      const controls = await fly();
      drone.script = () => [];
      const flying = controls.send('forward 100', LONG);
      await expect.poll(() => drone.received).toEqual(['forward 100']);
      const waiting = Array.from({ length: 16 }, (_, nth) => controls.send(`cw ${nth + 1}`, LONG));
      expect(await controls[express]()).toEqual({ outcome: 'sent' });
      expect(await flying).toEqual({ outcome: 'cancelled', by: express, sent: true });
      for (const outcome of await Promise.all(waiting)) {
        expect(outcome).toEqual({ outcome: 'cancelled', by: express, sent: false });
      }
      await expect.poll(() => drone.received).toEqual(['forward 100', express]);
      await sleep(100);
      expect(drone.received).toEqual(['forward 100', express]);
    },
  );

  it.each(['stop', 'land', 'emergency'] as const)(
    '%s waits for no question, though the link is out of step',
    async (express) => {
      const controls = await fly();
      drone.script = () => [];
      await controls.send('speed 50', { timeoutMs: 30 });
      expect(await controls[express]()).toEqual({ outcome: 'sent' });
      await expect.poll(() => drone.received).toEqual(['speed 50', express]);
    },
  );

  it('takes the express lane and the sticks for whoever spells them', async () => {
    const controls = await fly();
    drone.script = () => [];
    void controls.send('forward 100', LONG);
    await expect.poll(() => drone.received).toEqual(['forward 100']);
    expect(await controls.send('rc 1 -2 3 -4', LONG)).toEqual({ outcome: 'sent' });
    expect(await controls.send(' emergency ', LONG)).toEqual({ outcome: 'sent' });
    await expect.poll(() => drone.received).toEqual(['forward 100', 'rc 1 -2 3 -4', 'emergency']);
  });

  it('never credits what the express lane is answered', async () => {
    const controls = await fly();
    drone.script = goodExcept({
      stop: () => [{ data: 'ok', afterMs: 60 }],
      speed: () => [{ data: 'error', afterMs: 120 }],
      'battery?': () => [{ data: '87', afterMs: 100 }],
    });
    await controls.stop();
    expect(await controls.send('speed 50', QUICK)).toMatchObject({
      outcome: 'refused',
      answer: 'error',
    });
    expect(drone.received).toEqual(['stop', 'battery?', 'speed 50']);
  });

  it('credits no command with the one late ok of a take-off and a landing', async () => {
    const controls = await fly();
    drone.script = goodExcept({ takeoff: () => [], land: () => [], up: () => [] });
    const takeoff = controls.send('takeoff', LONG);
    await expect.poll(() => drone.received).toEqual(['takeoff']);
    await controls.land();
    expect(await takeoff).toEqual({ outcome: 'cancelled', by: 'land', sent: true });
    // A question is answered in between, and proves nothing about a manoeuvre that still goes on.
    expect(await controls.send('battery?', QUICK)).toMatchObject({ outcome: 'value' });
    const up = controls.send('up 50', LONG);
    await expect.poll(() => drone.received.at(-1)).toBe('up 50');
    drone.say('ok');
    expect(await up).toEqual({ outcome: 'unclear', answer: 'ok' });
    drone.script = goodAnswers;
    await sleep(1_600);
    expect(await controls.send('up 50', QUICK)).toMatchObject({ outcome: 'ok' });
    expect(drone.received.filter((text) => text === 'takeoff' || text === 'land')).toHaveLength(2);
  });

  it('begins again what the station itself had in flight, once it is in step', async () => {
    const patient = { commandTimeoutMs: 60_000, healDelaysMs: [10] } as const;
    const controls = await openNow({ ...patient, noVideoAfterMs: 300 });
    drone.script = goodExcept({ streamon: () => [] });
    await expect.poll(() => drone.received.lastIndexOf('streamon')).toBeGreaterThan(5);
    const at = drone.received.lastIndexOf('streamon');
    drone.script = goodAnswers;
    await controls.stop();
    await expect.poll(() => drone.received.indexOf('streamon', at + 1)).toBe(at + 3);
    expect(drone.received[at + 1]).toBe('stop');
    expect(drone.received[at + 2]).toMatch(/\?$/);
  });

  it('sends the newest sticks at once, past a command in flight, and keeps none', async () => {
    const controls = await fly();
    drone.script = () => [];
    void controls.send('forward 100', LONG);
    await expect.poll(() => drone.received).toEqual(['forward 100']);
    for (let up = 1; up <= 100; up++) controls.sticks({ right: 0, forward: 0, up, yaw: 0 });
    await expect.poll(() => drone.received.at(-1)).toBe('rc 0 0 100 0');
    await sleep(50);
    expect(drone.received.at(-1)).toBe('rc 0 0 100 0');
    // The first went out at once; of those that came while it left, only the newest.
    expect(drone.received).toEqual(['forward 100', 'rc 0 0 1 0', 'rc 0 0 100 0']);
  });

  it('cuts sticks to their range, and takes what is no number for no deflection', async () => {
    const controls = await fly();
    controls.sticks({ right: 250, forward: -1e9, up: Number.NaN, yaw: -0.4 });
    await expect.poll(() => drone.received).toEqual(['rc 100 -100 0 0']);
    controls.sticks({ right: Number.POSITIVE_INFINITY, forward: 0, up: 12.6, yaw: -99.5 });
    await expect.poll(() => drone.received.at(-1)).toBe('rc 100 0 13 -99');
  });

  it('passes telemetry on, until it is wanted no more', async () => {
    const controls = await fly();
    const heard: Telemetry[] = [];
    const stop = controls.onTelemetry((telemetry) => heard.push(telemetry));
    const before = performance.now() * 1_000;
    drone.sendState('bat:71;h:-10;vgz:-3;novel:1;\r\n');
    drone.sendState('\x1b[31mbat:1;');
    await expect.poll(() => heard).toHaveLength(1);
    expect(heard[0]?.state).toMatchObject({ batteryPercent: 71, heightCm: -10, zSpeedDmS: -3 });
    expect(heard[0]?.state.fields.get('novel')).toBe('1');
    expect(heard[0]?.atUs).toBeGreaterThan(before);
    expect(controls.quality().stateAgeMs).toBeGreaterThanOrEqual(0);
    stop();
    drone.sendState('bat:70;');
    await expect.poll(() => source?.drone?.()?.batteryPercent).toBe(70);
    expect(heard).toHaveLength(1);
  });

  it('knows what the drone is, asked once', async () => {
    const controls = await openNow();
    await expect
      .poll(() => controls.identity())
      .toEqual({
        sdk: '30',
        serial: '0TQDFAKE000001',
        hardware: 'TELLO',
        wifiVersion: '1.0.0.33',
      });
    await sleep(100);
    for (const question of QUESTIONS) {
      expect(drone.received.filter((text) => text === question)).toHaveLength(1);
    }
  });

  it('leaves out what the drone does not tell', async () => {
    drone.script = goodExcept({
      'sdk?': () => [{ data: '20' }],
      'sn?': () => [{ data: 'unknown command: sn?' }],
    });
    const controls = await openNow();
    await expect.poll(() => drone.received.at(-1)).toBe('sn?');
    await sleep(100);
    expect(controls.identity()).toEqual({ sdk: '20' });
    expect(drone.received.at(-1)).toBe('sn?');
  });

  it('holds nothing up by asking what the drone is', async () => {
    drone.script = goodExcept({ 'sdk?': () => [] });
    const controls = await openNow({ commandTimeoutMs: 60_000 });
    await expect.poll(() => drone.received.at(-1)).toBe('sdk?');
    expect(await controls.send('takeoff', QUICK)).toMatchObject({ outcome: 'ok' });
    expect(drone.received.slice(-2)).toEqual(['sdk?', 'takeoff']);
  });

  it('keeps a drone awake through a manoeuvre that takes long', async () => {
    const controls = await fly({ keepAliveMs: 50 });
    drone.script = goodExcept({ curve: () => [{ data: 'ok', afterMs: 400 }] });
    expect(await controls.send('curve 1 2 3 4 5 6 10', LONG)).toMatchObject({ outcome: 'ok' });
    const from = drone.received.indexOf('curve 1 2 3 4 5 6 10');
    const during = drone.received.slice(from + 1);
    expect(during.length).toBeGreaterThan(1);
    expect(new Set(during)).toEqual(new Set(['battery?']));
  });

  it('tells how good the link is', async () => {
    const controls = await fly();
    await controls.send('battery?', QUICK);
    expect(controls.quality()).toMatchObject({
      answers: 'answering',
      roundTripMs: { p50: expect.any(Number), p95: expect.any(Number) },
      stateAgeMs: null,
      video: { datagrams: 0, units: { missing: 0 } },
    });
    drone.script = () => [];
    for (let nth = 0; nth < 3; nth++) await controls.send('speed 50', { timeoutMs: 20 });
    await expect.poll(() => controls.quality().answers).toBe('silent');
  });
});
