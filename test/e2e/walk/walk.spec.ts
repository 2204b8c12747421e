import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page, TestInfo } from '@playwright/test';
import type { TestSimulator } from '../../support/simulator.ts';
import type { AppHost } from '../app-host.ts';
import { expect, movingPicture, request, test } from '../fixtures.ts';
import { phaseOn, takeOff } from '../flying.ts';
import { type Shot, saveContactSheet, shoot } from './contact-sheet.ts';
import { faultsOnScreen } from './faults-on-screen.ts';

type Window = { width: number; height: number; dpr: number; rtl?: boolean };

/** From 400 % zoom of a laptop to a television, in both directions of holding and of reading. */
const windows: Window[] = [
  { width: 320, height: 200, dpr: 2 },
  { width: 320, height: 568, dpr: 2 },
  { width: 390, height: 844, dpr: 3 },
  { width: 844, height: 390, dpr: 3 },
  { width: 768, height: 1024, dpr: 2 },
  { width: 1024, height: 768, dpr: 1 },
  { width: 1194, height: 834, dpr: 2 },
  { width: 1280, height: 800, dpr: 1 },
  { width: 1280, height: 800, dpr: 1, rtl: true },
  { width: 1920, height: 1080, dpr: 1 },
  { width: 3840, height: 2160, dpr: 1 },
];
/** Where axe looks: it reads the same page at every size. */
const AXE_WIDTH = 1280;

type Stop<Needs = unknown> = {
  name: string;
  go(app: Page, host: AppHost, needs: Needs): Promise<void>;
};

const simulated = /^Connect to Simulated drone/;

/** The walk: every stop begins where the one before ended. */
const stops: Stop[] = [
  {
    name: 'start',
    go: (app) => expect(app.getByRole('button', { name: simulated })).toBeVisible(),
  },
  {
    name: 'options',
    go: async (app) => {
      await app.getByRole('button', { name: 'Options for Tello' }).click();
      await expect(app.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'failed',
    go: async (app, host) => {
      await app.keyboard.press('Escape');
      await request(host, 'source.connect', { source: { kind: 'webcam', device: '/dev/none' } });
      await expect(app.getByRole('button', { name: 'Retry' })).toBeVisible({ timeout: 15_000 });
    },
  },
  {
    name: 'live',
    go: async (app, host) => {
      await request(host, 'source.connect', { source: { kind: 'simulator' } });
      await movingPicture(app);
      await request(host, 'capture.take', {});
      await request(host, 'capture.take', {});
      await app.keyboard.press('i');
      await expect(app.getByRole('banner')).toContainText('fps');
    },
  },
  {
    name: 'source menu',
    go: async (app) => {
      await app.keyboard.press('i');
      await app.getByRole('button', { name: /^Source:/ }).click();
      await expect(app.getByRole('menu')).toBeVisible();
    },
  },
  {
    name: 'settings',
    go: async (app) => {
      await app.keyboard.press('Escape');
      await expect(app.getByRole('menu')).toHaveCount(0);
      await app.keyboard.press(',');
      await expect(app.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'photo',
    go: async (app) => {
      await app.getByRole('button', { name: /^Captures/ }).click();
      await app
        .getByRole('dialog')
        .getByRole('button', { name: /^View the photo/ })
        .first()
        .click();
      await expect(app.getByRole('button', { name: 'Close the photo' })).toBeVisible();
    },
  },
  {
    name: 'flying',
    go: async (app) => {
      await app.keyboard.press('Escape');
      await app.keyboard.press('Escape');
      await expect(app.getByRole('dialog')).toHaveCount(0);
      await takeOff(app);
    },
  },
  {
    name: 'manoeuvres',
    go: async (app) => {
      await app.keyboard.press('m');
      await expect(app.getByRole('dialog')).toContainText('SDK');
    },
  },
  {
    name: 'leaving',
    go: async (app) => {
      await app.keyboard.press('k');
      await expect(app.getByRole('dialog').last()).toContainText('may be flying');
    },
  },
  {
    name: 'library',
    go: async (app) => {
      await app.getByRole('button', { name: 'Stay' }).click();
      await app.keyboard.press('l');
      await expect(phaseOn(app)).toHaveText('On the ground', { timeout: 20_000 });
      await app.keyboard.press('Escape');
      await expect(app.getByRole('dialog')).toHaveCount(0);
      await app.keyboard.press('g');
      await expect(app.getByRole('button', { name: /^Look at the flight/ })).toBeVisible({
        timeout: 15_000,
      });
    },
  },
  {
    name: 'replay',
    go: async (app) => {
      await app.getByRole('button', { name: /^Look at the flight/ }).click();
      await expect(app.getByRole('slider', { name: 'Time of the flight' })).toBeVisible();
    },
  },
  {
    name: 'sharing',
    go: async (app) => {
      await app.keyboard.press('Escape');
      await app.keyboard.press('Escape');
      await expect(app.getByRole('dialog')).toHaveCount(0);
      await app.getByRole('button', { name: 'Share', exact: true }).click();
      await expect(app.getByRole('dialog')).toContainText('/stream.mjpeg');
    },
  },
  {
    name: 'camera',
    go: async (app, host) => {
      await app.keyboard.press('Escape');
      await expect(app.getByRole('dialog')).toHaveCount(0);
      await request(host, 'source.connect', { source: { kind: 'webcam', device: 'test' } });
      await expect(app.getByRole('banner')).toContainText('Test picture', { timeout: 15_000 });
      await expect(app.getByTestId('veil')).toHaveCount(0, { timeout: 15_000 });
    },
  },
];

/** Walked apart, in fewer windows: what a link looks like that is not as it should be. */
const poorLink: Stop<{ drone: TestSimulator }>[] = [
  {
    name: 'newcomer',
    go: async (app, host) => {
      await request(host, 'settings.set', { introSeen: false });
      await app.reload();
      await expect(app.getByRole('dialog')).toContainText('Practise first');
    },
  },
  {
    name: 'connecting',
    go: async (app, host, { drone }) => {
      await app.keyboard.press('Escape');
      await drone.setFaults({ noVideo: true });
      await request(host, 'source.connect', { source: drone.source });
      await expect(app.getByTestId('veil')).toBeVisible();
      const way = app.getByRole('list', { name: 'The way to the drone' });
      await expect(way).toContainText('State arrives', { timeout: 15_000 });
      await expect(way).toContainText('No video arrives', { timeout: 15_000 });
    },
  },
  {
    name: 'weak signal',
    go: async (app, _host, { drone }) => {
      await drone.setFaults({ noVideo: false });
      await movingPicture(app);
      await drone.setFaults({ loss: 0.05 });
      await expect(app.getByRole('banner')).toContainText('Weak signal', { timeout: 15_000 });
    },
  },
  {
    name: 'no signal',
    go: async (app, _host, { drone }) => {
      await drone.setFaults({ loss: 0, silenceAfterS: 0 });
      await expect(app.getByText(/No signal for \d+ s/).first()).toBeVisible({ timeout: 15_000 });
    },
  },
];

/** The page is the same on each host; one look there shows that it is. */
const BROWSER_ONLY = { tag: '@browser' };

const looks = [
  { name: 'dark', media: { colorScheme: 'dark' }, every: true },
  { name: 'light', media: { colorScheme: 'light' }, every: false },
  { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' }, every: false },
] as const;

for (const look of looks) {
  const title = `every stop of the walk stands at every size: ${look.name}`;
  test(title, look.every ? {} : BROWSER_ONLY, async ({ app, host, browser }, info) => {
    test.setTimeout(180_000);
    await app.emulateMedia({ ...look.media, reducedMotion: 'reduce' });
    const sizes = look.every ? windows : windows.filter(isTelling);
    expect(await walk({ app, host, browser }, stops, {}, sizes, info)).toEqual([]);
  });
}

const poorLooks = [
  { name: 'dark', media: { colorScheme: 'dark' } },
  { name: 'more contrast', media: { colorScheme: 'light', contrast: 'more' } },
] as const;

for (const look of poorLooks) {
  const title = `a poor link stands in every window: ${look.name}`;
  test(title, BROWSER_ONLY, async ({ app, host, browser, drone }, info) => {
    test.setTimeout(120_000);
    await app.emulateMedia({ ...look.media, reducedMotion: 'reduce' });
    const sizes = windows.filter(isTelling);
    expect(await walk({ app, host, browser }, poorLink, { drone }, sizes, info)).toEqual([]);
  });
}

/** Those that differ most: a zoomed laptop, phones both ways, a laptop. */
function isTelling({ height, rtl }: Window): boolean {
  return rtl !== true && [200, 844, 390, 800].includes(height);
}

/** Goes from stop to stop, looks at each in every window, keeps a sheet of it all, and says what is wrong. */
async function walk<Needs>(
  { app, host, browser }: { app: Page; host: AppHost; browser: Browser },
  stops: readonly Stop<Needs>[],
  needs: Needs,
  sizes: readonly Window[],
  info: TestInfo,
): Promise<string[]> {
  const session = await app.context().newCDPSession(app);
  const shots: Shot[] = [];
  const faults: string[] = [];
  for (const stop of stops) {
    await resize(app, session, { width: AXE_WIDTH, height: 800, dpr: 1 });
    await stop.go(app, host, needs);
    for (const window of sizes) {
      await resize(app, session, window);
      const title = `${stop.name} · ${window.width} × ${window.height} @${window.dpr}${window.rtl ? ' rtl' : ''}`;
      for (const fault of await faultsOnScreen(app)) faults.push(`${title}: ${fault}`);
      shots.push(await shoot(session, title, window));
    }
    await resize(app, session, { width: AXE_WIDTH, height: 800, dpr: 1 });
    faults.push(...(await axeFaults(app)).map((fault) => `${stop.name}: ${fault}`));
  }
  const sheet = await browser.newPage();
  await saveContactSheet(sheet, shots, info.outputPath('contact-sheet.png'));
  await sheet.close();
  return faults;
}

async function resize(
  app: Page,
  session: Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>,
  { width, height, dpr, rtl = false }: Window,
): Promise<void> {
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: dpr,
    mobile: false,
  });
  await app.evaluate(
    ([size, dir]) => {
      document.documentElement.dir = dir;
      return new Promise<void>((resolve) => {
        const settled = () => innerWidth === size;
        const look = () =>
          settled()
            ? requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
            : requestAnimationFrame(look);
        look();
      });
    },
    [width, rtl ? 'rtl' : 'ltr'] as const,
  );
}

async function axeFaults(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return results.violations.flatMap(({ id, nodes }) =>
    nodes
      // A menu lies outside every landmark by its nature.
      .filter(({ html }) => id !== 'region' || !html.includes('data-radix-popper'))
      .map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}
