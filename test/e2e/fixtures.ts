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

/** Reads the simulator's frame counter and clock from the pixels on screen; null where there are none. */
export async function pictureOn(page: Page): Promise<PictureCode | null> {
  const picture = await page.evaluate(async () => {
    const canvas = document.querySelector('canvas');
    if (!canvas || canvas.width === 0) return null;
    const copy = new OffscreenCanvas(canvas.width, canvas.height);
    const context = copy.getContext('2d');
    context?.drawImage(canvas, 0, 0);
    const pixels = context?.getImageData(0, 0, copy.width, copy.height).data;
    if (!pixels) return null;
    // One channel is enough, and a quarter of the text that crosses to the test.
    let luma = '';
    for (let i = 1; i < pixels.length; i += 4) luma += String.fromCharCode(pixels[i] ?? 0);
    return { width: copy.width, height: copy.height, luma };
  });
  if (picture === null) return null;
  const luma = Uint8Array.from(picture.luma, (letter) => letter.charCodeAt(0));
  return readPictureCode(luma, picture.width, picture.height, 1);
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
