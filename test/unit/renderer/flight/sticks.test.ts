import { afterEach, describe, expect, it, vi } from 'vitest';
import { shape } from '../../../../renderer/flight/sticks/curve.ts';
import { GamepadSticks } from '../../../../renderer/flight/sticks/gamepad-sticks.ts';
import { KeyboardSticks } from '../../../../renderer/flight/sticks/keyboard-sticks.ts';
import { StickSender } from '../../../../renderer/flight/sticks/stick-sender.ts';
import { NEUTRAL, type Sticks, together } from '../../../../renderer/flight/sticks/sticks.ts';
import { fakeStation } from '../../../support/fake-station.ts';

const AT_ONCE_MS = 10;

describe('the curve of a stick', () => {
  const curve = { deadZone: 0.2, expo: 2 };

  it('is zero in the dead zone, starts from zero at its edge, and is full at the end', () => {
    expect(shape(0.1, 0.1, curve)).toEqual({ x: 0, y: 0 });
    expect(shape(0.2, 0, curve)).toEqual({ x: 0, y: 0 });
    expect(shape(0.3, 0, curve).x).toBeLessThan(5);
    expect(shape(1, 0, curve)).toEqual({ x: 100, y: 0 });
    expect(shape(0, -1, curve)).toEqual({ x: 0, y: -100 });
  });

  it('is gentler around the middle with more expo', () => {
    expect(shape(0.6, 0, { deadZone: 0, expo: 1 }).x).toBe(60);
    expect(shape(0.6, 0, { deadZone: 0, expo: 2 }).x).toBe(36);
  });

  it('makes corners no faster than sides', () => {
    const { x, y } = shape(1, 1, curve);
    expect(Math.hypot(x, y)).toBeLessThan(101);
  });

  it('takes no number for no deflection', () => {
    expect(shape(Number.NaN, 1, curve)).toEqual({ x: 0, y: 0 });
  });
});

describe('keys', () => {
  it('push while they are held, and opposite ones cancel each other', () => {
    const keys = new KeyboardSticks();
    keys.press('KeyW', false, 0);
    keys.press('ArrowLeft', false, 0);
    expect(keys.read(AT_ONCE_MS, false)).toEqual({ ...NEUTRAL, up: 100, right: -100 });
    keys.press('KeyS', false, 0);
    expect(keys.read(AT_ONCE_MS, false).up).toBe(0);
    keys.release('KeyS', false, 0);
    keys.release('KeyW', false, 0);
    keys.release('ArrowLeft', false, 0);
    expect(keys.read(AT_ONCE_MS, false)).toEqual(NEUTRAL);
  });

  it('are slow with Shift, until it is let go', () => {
    const keys = new KeyboardSticks();
    keys.press('ArrowUp', true, 0);
    expect(keys.read(AT_ONCE_MS, false).forward).toBe(40);
  });

  it('that fall silent on a keyboard that repeats have lost their keyup', () => {
    const keys = new KeyboardSticks();
    keys.press('KeyD', false, 0);
    expect(keys.read(1_400, true).yaw).toBe(100);
    expect(keys.read(1_600, true).yaw).toBe(0);
    // And do not come back by themselves.
    expect(keys.read(1_700, true).yaw).toBe(0);
  });

  it('of a keyboard that never repeats are held as long as they are down', () => {
    const keys = new KeyboardSticks();
    keys.press('KeyD', false, 0);
    expect(keys.read(60_000, false).yaw).toBe(100);
  });
});

describe('several hands', () => {
  it('add up, and never beyond full', () => {
    const one: Sticks = { ...NEUTRAL, up: 80, yaw: 30 };
    expect(together([one, { ...NEUTRAL, up: 80, yaw: -50 }])).toEqual({
      ...NEUTRAL,
      up: 100,
      yaw: -20,
    });
  });
});

describe('a gamepad', () => {
  type FakePad = { index: number; axes: number[]; timestamp: number; connected: boolean };
  const show = (pad: FakePad | null) => vi.stubGlobal('navigator', { getGamepads: () => [pad] });
  const pad = (axes: number[], timestamp: number): FakePad => ({
    index: 0,
    axes,
    timestamp,
    connected: true,
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [1, { forward: 100, right: 0, up: 0, yaw: 100 }],
    [2, { up: 100, right: 0, forward: 0, yaw: 100 }],
    [3, { forward: 100, yaw: 0, up: 0, right: 100 }],
    [4, { up: 100, yaw: 0, forward: 0, right: 100 }],
  ] as const)('in mode %d: the left stick', (mode, expected) => {
    const sticks = new GamepadSticks();
    sticks.mode = mode;
    sticks.curve = { deadZone: 0, expo: 1 };
    show(pad([0, 0, 0, 0], 1));
    sticks.read(0);
    const seen = { ...NEUTRAL };
    for (const axes of [
      [1, 0, 0, 0],
      [0, -1, 0, 0],
    ]) {
      show(pad(axes, 2));
      const read = sticks.read(AT_ONCE_MS);
      for (const axis of ['right', 'forward', 'up', 'yaw'] as const) seen[axis] += read[axis];
    }
    expect(seen).toEqual(expected);
  });

  it('that is new, or came back off centre, counts after it was let go', () => {
    const sticks = new GamepadSticks();
    show(pad([0, -1, 0, 0], 1));
    expect(sticks.read(0)).toEqual(NEUTRAL);
    expect(sticks.state).toBe('let-go-first');
    show(pad([0, 0, 0, 0], 2));
    sticks.read(10);
    show(pad([0, -1, 0, 0], 3));
    expect(sticks.read(20).up).toBe(100);
    show(null);
    expect(sticks.read(30)).toEqual(NEUTRAL);
    expect(sticks.state).toBe('none');
    show(pad([0, -1, 0, 0], 4));
    expect(sticks.read(40)).toEqual(NEUTRAL);
  });

  it('whose report stands still off centre is frozen; at rest it may stand still', () => {
    const sticks = new GamepadSticks();
    show(pad([0, 0, 0, 0], 1));
    sticks.read(0);
    sticks.read(60_000);
    expect(sticks.state).toBe('ready');
    show(pad([0, -1, 0, 0], 2));
    expect(sticks.read(60_010).up).toBe(100);
    expect(sticks.read(61_100)).toEqual(NEUTRAL);
    expect(sticks.state).toBe('frozen');
    // It moves again, and was not let go.
    show(pad([0, -1, 0, 0], 3));
    expect(sticks.read(61_110)).toEqual(NEUTRAL);
    show(pad([0, 0, 0, 0], 4));
    sticks.read(61_120);
    show(pad([0, -1, 0, 0], 5));
    expect(sticks.read(61_130).up).toBe(100);
  });
});

describe('the sender', () => {
  afterEach(() => vi.useRealTimers());

  function create(isFlying = true) {
    vi.useFakeTimers();
    const { client, asked } = fakeStation();
    let sticks = NEUTRAL;
    const sender = new StickSender({
      client,
      read: () => sticks,
      isFlying: () => isFlying,
      nowMs: () => Date.now(),
    });
    return { sender, asked, move: (next: Sticks) => (sticks = next) };
  }
  const up: Sticks = { ...NEUTRAL, up: 100 };

  it('tells again and again where a held stick is, and at once that it was let go', async () => {
    const { sender, asked, move } = create();
    sender.start();
    move(up);
    sender.look();
    await vi.advanceTimersByTimeAsync(400);
    expect(asked.length).toBeGreaterThanOrEqual(8);
    expect(asked.every(([name]) => name === 'flight.sticks')).toBe(true);
    move(NEUTRAL);
    sender.look();
    expect(asked.at(-1)).toEqual(['flight.sticks', NEUTRAL]);
    sender.stop();
  });

  it('shows hands at rest while this page flies, and says nothing otherwise', async () => {
    const flying = create();
    flying.sender.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flying.asked.length).toBeGreaterThanOrEqual(4);
    flying.sender.stop();
    const watching = create(false);
    watching.sender.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(watching.asked).toEqual([]);
    watching.sender.stop();
  });

  it('lets go when it is stopped with a stick held', () => {
    const { sender, asked, move } = create();
    move(up);
    sender.look();
    sender.stop();
    expect(asked.at(-1)).toEqual(['flight.sticks', NEUTRAL]);
  });

  it('queues nothing behind answers that do not come, but zero always leaves', async () => {
    vi.useFakeTimers();
    const asked: Sticks[] = [];
    let sticks = up;
    const sender = new StickSender({
      client: {
        request: (_name, input) => {
          asked.push(input as Sticks);
          return new Promise(() => undefined);
        },
      },
      read: () => sticks,
      isFlying: () => true,
      nowMs: () => Date.now(),
    });
    sender.start();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(4);
    sticks = NEUTRAL;
    sender.look();
    expect(asked.at(-1)).toEqual(NEUTRAL);
    sender.stop();
  });
});
