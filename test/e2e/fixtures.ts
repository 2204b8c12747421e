import { test as base, expect, type Page } from '@playwright/test';
import type { PictureCode } from '../../electron/simulator/picture-code.ts';
import { readPictureCode } from '../../electron/simulator/picture-code.ts';
import { startSimulator, type TestSimulator } from '../fixtures/simulator.ts';
import { type BrowserHost, startBrowserHost } from './browser-host.ts';

type Fixtures = {
  /** The app's host, running; its page is not open yet. */
  host: BrowserHost;
  /** The app's page, open at the first screen. Errors on its console fail the test. */
  app: Page;
  /** A drone whose faults the test switches. */
  drone: TestSimulator;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  host: async ({}, use) => {
    const host = await startBrowserHost();
    await use(host);
    expect(await host.stop(), 'the host ends cleanly when it is told to').toBe(0);
    expect(host.stderr(), 'nothing unforeseen in the log').toBe('');
  },

  app: async ({ host, page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(host.url);
    await use(page);
    expect(complaints, 'errors and policy violations on the page’s console').toEqual([]);
  },

  // biome-ignore lint/correctness/noEmptyPattern: as above.
  drone: async ({}, use) => {
    const drone = await startSimulator();
    await use(drone);
    await drone.close();
  },
});

export { expect };

/** The simulator writes its code into the lowest rows of the picture: only these cross to the test. */
const CODE_ROWS = 48;

/** Reads the simulator's frame counter and clock from the pixels on screen; null where there are none. */
export async function pictureOn(page: Page): Promise<PictureCode | null> {
  const strip = await page.evaluate((rows) => {
    const canvas = document.querySelector('canvas');
    if (!canvas || canvas.height < rows) return null;
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, rows);
    const context = copy.getContext('2d');
    context?.drawImage(canvas, 0, height - rows, width, rows, 0, 0, width, rows);
    const pixels = context?.getImageData(0, 0, width, rows).data ?? [];
    return { width, height, green: Array.from(pixels).filter((_value, index) => index % 4 === 1) };
  }, CODE_ROWS);
  if (strip === null) return null;
  const { width, height, green } = strip;
  const luma = new Uint8Array(width * height);
  luma.set(green, width * (height - CODE_ROWS));
  return readPictureCode(luma, width, height, 1);
}

/** A few pixels of the picture, for telling whether it changes at all. */
export function pictureMark(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    if (!canvas) return '';
    const context = new OffscreenCanvas(24, 18).getContext('2d');
    context?.drawImage(canvas, 0, 0, 24, 18);
    return String(context?.getImageData(0, 0, 24, 18).data);
  });
}

/** Waits until the picture on screen is a newer one than `after`. */
export async function movingPicture(page: Page, after = -1): Promise<number> {
  let frame = -1;
  await expect
    .poll(
      async () => {
        frame = (await pictureOn(page))?.frame ?? -1;
        return frame;
      },
      { timeout: 15_000, message: 'a newer picture on screen' },
    )
    .toBeGreaterThan(after);
  return frame;
}

export async function connectToSimulator(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connect to Simulated drone/ }).click();
  await expect(page.getByRole('banner')).toContainText('Live', { timeout: 15_000 });
}

/** Connects to a drone of the test's own, through the same request the page's own buttons send. */
export async function connectTo(host: BrowserHost, drone: TestSimulator): Promise<void> {
  await request(host, 'source.connect', { source: drone.source });
}

export async function request(host: BrowserHost, name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${host.url}/api/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.json();
}

export async function statusOf(host: BrowserHost) {
  const response = await fetch(`${host.url}/api/status`);
  return response.json();
}
