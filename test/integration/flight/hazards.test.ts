import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { goodExcept } from '../../support/fake-tello.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { useHangar } from './fixture.ts';

const NEUTRAL = { right: 0, forward: 0, up: 0, yaw: 0 };
const UP = { ...NEUTRAL, up: 100 };
const SENT_UP = 'rc 0 0 60 0';
const ZERO = 'rc 0 0 0 0';
/** Real waits of flying: up to the countdowns of 15 s, and what a busy machine adds. */
const SLOW = 60_000;

describe('hazards of flying', { timeout: SLOW }, () => {
  assertNoLeaks();
  const hangar = useHangar();
  afterEach(() => void vi.useRealTimers());

  /** Motions and orders, without sticks. */
  const orders = () => hangar.drone.orders.filter((text) => !text.startsWith('rc'));
  const lastSticks = () => hangar.drone.sticks.at(-1);
  const phaseOf = async (page: Awaited<ReturnType<typeof hangar.fly>>) =>
    (await page.ask('flight.state', {})).phase;

  it('page closed while holding sticks', async () => {
    const page = await hangar.fly();
    const watcher = await hangar.connect();
    await page.ask('flight.sticks', NEUTRAL);
    page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    page.socket.terminate();
    await expect.poll(lastSticks).toBe(ZERO);
    expect(await watcher.ask('flight.state', {})).toMatchObject({ pilot: null, phase: 'flying' });
    // Nobody at the controls: it hovers, says so, and is told to land once.
    const soon = await eventually(
      () => watcher.ask('flight.state', {}),
      ({ warnings }) => warnings.some(({ code }) => code === 'lands-by-itself'),
    );
    expect(soon.landsByItself?.by).toBe('hoverdeck');
    await eventually(
      () => phaseOf(watcher),
      (phase) => phase === 'grounded',
      30_000,
    );
    expect(orders()).toEqual(['takeoff', 'land']);
  });

  it('page hung while holding sticks', async () => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    const stop = page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    stop();
    page.socket.pause();
    await expect.poll(lastSticks).toBe(ZERO);
  });

  it('blur with a stick held: a page that says zero is at zero at once', async () => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    const stop = page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    stop();
    expect(await page.ask('flight.sticks', NEUTRAL)).toMatchObject({ sent: NEUTRAL });
    await expect.poll(lastSticks).toBe(ZERO);
  });

  it('lost ok: take-off and landing are confirmed by what is seen, and sent once', async () => {
    hangar.drone.answers = goodExcept({ takeoff: () => [], land: () => [] });
    const page = await hangar.fly();
    // Nothing waits for the answer that never comes.
    expect(await page.ask('flight.land', {})).toMatchObject({ outcome: 'confirmed' });
    expect(orders()).toEqual(['takeoff', 'land']);
  });

  it('an ok proves nothing: a drone that only says it took off is not flying', async () => {
    const page = await hangar.connect();
    await eventually(
      () => page.ask('flight.state', {}),
      ({ ready }) => ready,
    );
    // It hears nothing, and somebody else says ok.
    hangar.drone.hears = false;
    const takeOff = page.ask('flight.takeOff', {});
    await expect.poll(() => hangar.drone.drone.received.at(-1)).toBe('takeoff');
    hangar.drone.drone.say('ok');
    hangar.drone.hears = true;
    expect(await takeOff).toMatchObject({ outcome: 'unconfirmed', answer: 'ok' });
    expect(await phaseOf(page)).toBe('grounded');
  });

  it('the captured late ok: one for a take-off and a landing that begins 17 s late', async () => {
    hangar.drone.answers = goodExcept({ takeoff: () => [], land: () => [] });
    hangar.drone.landDelayMs = 17_000;
    const page = await hangar.fly();
    const land = page.ask('flight.land', {});
    await sleep(12_000);
    expect(page.flight()).toMatchObject({ phase: 'flying', doing: { action: 'land' } });
    await eventually(
      () => page.flight()?.phase,
      (phase) => phase === 'landing',
      20_000,
    );
    hangar.drone.drone.say('ok');
    expect(await land).toMatchObject({ outcome: 'confirmed' });
    expect(orders()).toEqual(['takeoff', 'land']);
  });

  it('double takeoff is refused, on the ground and in the air', async () => {
    hangar.drone.answers = goodExcept({ takeoff: () => [] });
    const page = await hangar.connect();
    await eventually(
      () => page.ask('flight.state', {}),
      ({ ready }) => ready,
    );
    const first = page.ask('flight.takeOff', {});
    expect(await page.request('flight.takeOff', {})).toMatchObject({
      ok: false,
      error: { code: 'not-ready' },
    });
    expect(await first).toMatchObject({ outcome: 'confirmed' });
    expect(await hangar.post('flight.takeOff', {})).toMatchObject({
      ok: false,
      error: { code: 'not-ready', message: expect.stringContaining('in the air') },
    });
    expect(orders()).toEqual(['takeoff']);
  });

  it('stop while a slow command waits', async () => {
    hangar.drone.answers = goodExcept({ forward: () => [] });
    const page = await hangar.fly();
    const slow = page.ask('flight.move', { direction: 'forward', distanceCm: 300 });
    await expect.poll(() => hangar.drone.orders.at(-1)).toBe('forward 300');
    const waiting = page.ask('flight.turn', { degrees: -90 });
    // Anybody may stop.
    await hangar.post('flight.stop', {});
    expect(await slow).toEqual({ outcome: 'cancelled', by: 'stop', sent: true });
    expect(await waiting).toEqual({ outcome: 'cancelled', by: 'stop', sent: false });
    expect(orders()).toEqual(['takeoff', 'forward 300', 'stop']);
    expect(lastSticks()).toBe(ZERO);
  });

  it('emergency wants its word, and is confirmed by motors that stand still', async () => {
    const page = await hangar.fly();
    for (const [name, input] of [
      ['flight.stopMotors', {}],
      ['flight.command', { text: 'emergency' }],
    ] as const) {
      expect(await hangar.post(name, input)).toMatchObject({
        ok: false,
        error: { code: 'bad-request' },
      });
    }
    expect(hangar.drone.orders).not.toContain('emergency');
    expect(await page.ask('flight.stopMotors', { confirm: 'stop-all-motors' })).toMatchObject({
      outcome: 'confirmed',
    });
    expect(await phaseOf(page)).toBe('motors-stopped');
  });

  it.each([1, 5, 20])('link lost for %s s with a stick held', async (seconds) => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    hangar.drone.tells = false;
    hangar.drone.hears = false;
    await sleep(seconds * 1_000);
    const state = await page.ask('flight.state', {});
    expect(state.couldBeFlying).toBe(true);
    if (seconds > 1) {
      expect(state).toMatchObject({ link: 'lost', phase: 'unknown', sticks: NEUTRAL });
      expect(state.landsByItself).toMatchObject({ by: 'drone' });
      expect(state.warnings.map(({ code }) => code)).toContain('link-lost');
    }
    hangar.drone.tells = true;
    hangar.drone.hears = true;
    const back = await eventually(
      () => page.ask('flight.state', {}),
      ({ link, phase }) => link === 'fresh' && phase !== 'unknown',
    );
    if (seconds === 1) {
      // Too short to be noticed by the sticks.
      expect(back).toMatchObject({ phase: 'flying', neutralNeeded: false });
      return;
    }
    // The stick is still held: it counts for nothing until it was let go.
    expect(back).toMatchObject({ sticks: NEUTRAL, neutralNeeded: true });
    if (seconds === 20) {
      await eventually(
        () => phaseOf(page),
        (phase) => phase === 'grounded',
      );
      expect(orders()).toEqual(['takeoff']);
    }
  });

  it('drone reboots in flight', async () => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    page.hold(UP);
    await sleep(1_500);
    hangar.drone.reboot();
    await eventually(
      () => phaseOf(page),
      (phase) => phase === 'grounded',
    );
    const state = await page.ask('flight.state', {});
    expect(state.warnings.map(({ code }) => code)).toContain('restarted');
    expect(state).toMatchObject({ sticks: NEUTRAL, couldBeFlying: false });
    expect(orders()).toEqual(['takeoff']);
  });

  it('two pages and a script fight for control', async () => {
    const first = await hangar.fly();
    const second = await hangar.connect();
    const script = await hangar.connect('script');
    await first.ask('flight.sticks', NEUTRAL);
    first.hold({ ...NEUTRAL, forward: 100 });
    for (const rival of [second, script]) {
      expect(await rival.request('flight.sticks', UP)).toMatchObject({
        ok: false,
        error: { code: 'not-the-pilot', message: expect.stringMatching(/Browser page \d+ has/) },
      });
    }
    expect(await hangar.post('flight.move', { direction: 'up', distanceCm: 50 })).toMatchObject({
      ok: false,
      error: { code: 'not-the-pilot' },
    });
    await second.ask('flight.takeControls', {});
    await expect.poll(lastSticks).toBe(ZERO);
    // Hands that come with a stick held, and those that lost it, fly nothing.
    expect(await second.ask('flight.sticks', UP)).toMatchObject({ neutralNeeded: true });
    expect(await first.request('flight.sticks', UP)).toMatchObject({ ok: false });
    await second.ask('flight.sticks', NEUTRAL);
    expect(await second.ask('flight.sticks', UP)).toMatchObject({ sent: { up: 60 } });
    await script.ask('flight.takeControls', {});
    const { pilot } = await script.ask('flight.state', {});
    expect(pilot?.name).toMatch(/^Script/);
    expect(orders()).toEqual(['takeoff']);
  });

  it('a script that dies hovers: its socket closes, or its HTTP requests end', async () => {
    await hangar.fly();
    const script = await hangar.connect('script');
    await script.ask('flight.takeControls', {});
    await script.ask('flight.sticks', NEUTRAL);
    script.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    script.socket.terminate();
    await expect.poll(lastSticks).toBe(ZERO);

    await hangar.post('flight.takeControls', {}, 'night flight');
    await hangar.post('flight.sticks', NEUTRAL, 'night flight');
    await hangar.post('flight.sticks', UP, 'night flight');
    await expect.poll(lastSticks).toBe(SENT_UP);
    await expect.poll(lastSticks).toBe(ZERO);
    const page = await hangar.connect();
    expect((await page.ask('flight.state', {})).pilot?.name).toBe('Script “night flight”');
  });

  it('answers of 64 KB, binary and ANSI', async () => {
    const page = await hangar.fly();
    const huge = new Uint8Array(60_000).fill(0x6f);
    const binary = Uint8Array.from({ length: 35 }, (_, at) => (at === 0 ? 0xcc : at * 7));
    hangar.drone.answers = goodExcept({
      'wifi?': () => [{ data: huge }, { data: binary }, { data: '\x1b[31mok\x1b[0m' }],
      cw: () => [{ data: huge }, { data: '\x1b[2Jok' }],
    });
    expect(await page.ask('flight.command', { text: 'wifi?' })).toMatchObject({
      outcome: 'no-answer',
    });
    const turn = page.ask('flight.turn', { degrees: 90 });
    await sleep(300);
    hangar.drone.drone.say(huge);
    expect(await page.ask('flight.stop', {})).toMatchObject({ outcome: 'confirmed' });
    expect(await turn).toMatchObject({ outcome: 'cancelled' });
    expect(await phaseOf(page)).toBe('flying');
  });

  it('clock jumps forward and back an hour', async () => {
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    for (const hours of [1, -1]) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
      const from = hangar.drone.sticks.length;
      await sleep(1_000);
      const sticks = hangar.drone.sticks.slice(from);
      expect(sticks.length).toBeGreaterThan(5);
      expect(new Set(sticks)).toEqual(new Set([SENT_UP]));
      expect(page.flight()).toMatchObject({ phase: 'flying', link: 'fresh' });
      vi.useRealTimers();
    }
  });

  it('battery runs out in the air', async () => {
    const page = await hangar.fly();
    const codes = () => page.flight()?.warnings.map(({ code }) => code);
    for (const [percent, code] of [
      [30, 'battery-30'],
      [20, 'battery-20'],
      [10, 'battery-10'],
    ] as const) {
      hangar.drone.batteryPercent = percent;
      await eventually(codes, (active) => active?.includes(code) ?? false);
    }
    expect(page.flight()?.warnings[0]?.message).toMatch(/10 %, about \d+ min/);
    // It decides by itself.
    hangar.drone.batteryPercent = 5;
    hangar.drone.mode = 'sink';
    await eventually(
      () => phaseOf(page),
      (phase) => phase === 'grounded',
    );
    const state = await page.ask('flight.state', {});
    expect(state.reasons.map(({ code }) => code)).toEqual(['battery-low']);
    expect(await page.request('flight.flip', { direction: 'left' })).toMatchObject({
      ok: false,
      error: { code: 'not-flying' },
    });
    expect(orders()).toEqual(['takeoff']);
  });

  it('source switched or disconnected while flying: refused, and forced it lands first', async () => {
    const page = await hangar.fly();
    const refused = { ok: false, error: { code: 'flying' } };
    expect(await page.request('source.disconnect', {})).toMatchObject(refused);
    const simulator = { source: { kind: 'simulator' } } as const;
    expect(await page.request('source.connect', simulator)).toMatchObject(refused);
    expect(await hangar.post('flight.command', { text: 'reboot' })).toMatchObject(refused);
    expect(orders()).toEqual(['takeoff']);
    await page.ask('source.disconnect', { force: true });
    expect(orders()).toEqual(['takeoff', 'stop', 'land']);
    expect(await page.ask('flight.state', {})).toMatchObject({ available: false, ready: false });
  });

  it('quit while flying: the station tells it to land before it lets go', async () => {
    await hangar.fly();
    await hangar.station.station.dispose();
    expect(orders()).toEqual(['takeoff', 'stop', 'land']);
  });

  it('a landing is left alone: no stick moves it, and no zero follows', async () => {
    hangar.drone.landDelayMs = 500;
    const page = await hangar.fly();
    await page.ask('flight.sticks', NEUTRAL);
    const stop = page.hold(UP);
    await expect.poll(lastSticks).toBe(SENT_UP);
    const land = page.ask('flight.land', {});
    await expect.poll(() => orders().at(-1)).toBe('land');
    const at = hangar.drone.orders.lastIndexOf('land');
    await sleep(300);
    stop();
    expect(hangar.drone.orders.slice(at + 1)).toEqual([]);
    expect(await land).toMatchObject({ outcome: 'confirmed' });
  });
});
