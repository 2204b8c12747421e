import { test as base, expect, type Page } from '@playwright/test';
import {
  type PictureCode,
  readPictureCode,
} from '../../electron/simulator/picture/picture-code.ts';
import { startSimulator, type TestSimulator } from '../support/simulator.ts';
import { type AppHost, type HostKind, startAppHost } from './app-host.ts';

/**
 * The air between drone and app: `lossy` is a bad one, where 2 % of the video's datagrams are lost and 1 %
 * come in the wrong order. Seeded, so that a run can be had again.
 */
export type LinkKind = 'clean' | 'lossy';
export type Options = { hostKind: HostKind; link: LinkKind; newcomer: boolean };

const LINK_FLAGS: Record<LinkKind, string[]> = {
  clean: [],
  lossy: ['--seed', '7', '--video-loss', '2%', '--video-reorder', '1%'],
};

type Fixtures = {
  /** The app, running; its page may not be open yet. */
  host: AppHost;
  /** The app's page, at the first screen. Errors on its console fail the test. */
  app: Page;
  /** A drone whose faults the test switches. */
  drone: TestSimulator;
};

export const test = base.extend<Fixtures & Options>({
  hostKind: ['browser', { option: true }],
  link: ['clean', { option: true }],
  newcomer: [false, { option: true }],

  host: async ({ hostKind, link, newcomer }, use) => {
    const host = await startAppHost(hostKind, { simulatorFlags: LINK_FLAGS[link], newcomer });
    await use(host);
    expect(host.complaints(), 'failures nobody was waiting for').toEqual([]);
    expect(await host.stop(), 'the app ends cleanly when it is told to').toBe(0);
  },

  app: async ({ host, page: ownPage, viewport, colorScheme }, use) => {
    const page = host.window === null ? ownPage : await host.window();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error')
        complaints.push(`${message.text()} ${message.location().url}`);
    });
    if (host.window === null) await page.goto(host.url);
    if (viewport) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await use(page);
    expect(complaints, 'errors and policy violations on the page’s console').toEqual([]);
  },

  drone: async ({ link }, use) => {
    const drone = await startSimulator(LINK_FLAGS[link]);
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

/** So many changes of the picture, one after another, are no accident. */
const CHANGES = 5;

/**
 * Waits until the picture on screen is a newer one than `after`. On a bad link most pictures have a smear
 * somewhere and their code cannot be read: there, until the picture has changed several times.
 */
export async function movingPicture(page: Page, after = -1): Promise<number> {
  if (linkKind() === 'lossy') {
    for (let change = 0; change < CHANGES; change++) {
      const seen = await pictureMark(page);
      const message = 'the picture on screen changes';
      await expect.poll(() => pictureMark(page), { timeout: 15_000, message }).not.toBe(seen);
    }
    return after + CHANGES;
  }
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

export function linkKind(): LinkKind {
  const { link = 'clean' } = test.info().project.use as Partial<Options>;
  return link;
}

/** What the screen may say of a picture that moves: on a bad link that it is one, if something was lost lately. */
export function movingWord(): RegExp {
  return linkKind() === 'lossy' ? /Live|Weak signal/ : /Live/;
}

export async function connectToSimulator(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Connect to Simulated drone/ }).click();
  await expect(page.getByRole('banner')).toContainText(movingWord(), { timeout: 15_000 });
}

/** Connects to a drone of the test's own, through the same request the page's own buttons send. */
export async function connectTo(host: { url: string }, drone: TestSimulator): Promise<void> {
  await request(host, 'source.connect', { source: drone.source });
}

export async function request(
  host: { url: string },
  name: string,
  input: unknown,
): Promise<unknown> {
  const response = await fetch(`${host.url}/api/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.json();
}

export async function statusOf(host: { url: string }) {
  const response = await fetch(`${host.url}/api/status`);
  return response.json();
}
