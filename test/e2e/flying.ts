import type { Page } from '@playwright/test';
import { FlyingTello } from '../support/flying-tello.ts';
import { freeUdpPorts } from '../support/simulator.ts';
import { test as base, expect, request } from './fixtures.ts';

type Fixtures = {
  /** A drone of a few lines on real sockets, connected, on the ground and ready: it keeps what it is told. */
  tello: FlyingTello;
};

export const test = base.extend<Fixtures>({
  tello: async ({ host }, use) => {
    const tello = await FlyingTello.start();
    const [state = 0, video = 0] = await freeUdpPorts(2);
    const ports = { command: tello.drone.port, state, video };
    await request(host, 'source.connect', {
      source: { kind: 'tello', host: '127.0.0.1', ports },
    });
    await use(tello);
    await request(host, 'source.disconnect', { force: true });
    await tello.close();
  },
});

export { expect };

/** What the drone does, as the page says it. */
export function phaseOn(page: Page) {
  return page.getByTestId('flight-phase');
}

export function controlsOn(page: Page) {
  return page.getByRole('region', { name: 'Flight controls' });
}

/** By the key that is held, as a pilot does. */
export async function takeOff(page: Page): Promise<void> {
  await expect(page.getByText('Ready to take off').first()).toBeVisible({ timeout: 15_000 });
  await page.keyboard.down('t');
  await expect(phaseOn(page)).toHaveText(/Taking off|Flying/, { timeout: 15_000 });
  await page.keyboard.up('t');
  await expect(phaseOn(page)).toHaveText('Flying', { timeout: 20_000 });
}

/** The newest sticks that reached the drone: right, forward, up, clockwise. */
export function newestSticks(tello: FlyingTello): string {
  return tello.sticks.at(-1) ?? 'none';
}

export const AT_REST = 'rc 0 0 0 0';

/** Waits until the drone was told to hold still, and sees that nothing moves it again for a while. */
export async function staysAtRest(page: Page, tello: FlyingTello): Promise<void> {
  await expect.poll(() => newestSticks(tello), { timeout: 10_000 }).toBe(AT_REST);
  const count = tello.sticks.length;
  // Long enough for a dozen more, if the page went on.
  await page.waitForTimeout(600);
  expect(tello.sticks.slice(count).filter((sticks) => sticks !== AT_REST)).toEqual([]);
}

/** Gamepads that the test moves. It must be called before the page is loaded. */
export async function fakeGamepads(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { pads: [] });
    navigator.getGamepads = () => Reflect.get(window, 'pads');
  });
}

type Pad = { axes: number[]; pressed?: boolean; frozen?: boolean };

/** What the pad reports from now on: with a timestamp that moves, unless it is frozen. Null: no pad. */
export function setPad(page: Page, pad: Pad | null): Promise<void> {
  return page.evaluate((next) => {
    if (next === null) {
      Object.assign(window, { pads: [null] });
      return;
    }
    const { axes, pressed = false, frozen = false } = next;
    const at = performance.now();
    const buttons = Array.from({ length: 17 }, () => ({
      pressed,
      touched: pressed,
      value: +pressed,
    }));
    const made = {
      index: 0,
      id: 'Pad of the test',
      mapping: 'standard',
      connected: true,
      axes,
      buttons,
      get timestamp() {
        return frozen ? at : performance.now();
      },
    };
    Object.assign(window, { pads: [made] });
  }, pad);
}
