// `npm run bench:page`: what the page costs to fetch, to start and to keep on screen, served to a browser.
import { setTimeout as sleep } from 'node:timers/promises';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { request, statusOf } from '../e2e/fixtures.ts';
import { milliseconds } from './statistics.ts';

const LOADS = process.argv.includes('--quick') ? 3 : 10;
const LIVE_S = process.argv.includes('--quick') ? 5 : 20;

const rows: Record<string, { measured: string; goal: string }> = {};
const note = (what: string, measured: string, goal = '') => {
  rows[what] = { measured, goal };
};

const host = await startBrowserHost();
const browser = await chromium.launch({
  executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  await request(host, 'settings.set', { introSeen: true });
  await measureLoads();
  await measureLive();
} finally {
  await browser.close();
  await host.stop();
}
console.log(`the page at 1280x800 in headless Chromium, ${LOADS} first visits, ${LIVE_S} s live`);
console.table(rows);

/** Each visit is the first one: a context of its own has no cache. */
async function measureLoads(): Promise<void> {
  const usable: number[] = [];
  const kilobytes: number[] = [];
  for (let visit = 0; visit < LOADS; visit++) {
    const page = await newcomersPage();
    const session = await page.context().newCDPSession(page);
    const received = await countBytes(session);
    await page.goto(host.url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: /^Connect to Simulated drone/ }).click({ trial: true });
    usable.push(await page.evaluate(() => performance.now()));
    await sleep(500);
    kilobytes.push(received.bytes / 1_000);
    await page.context().close();
  }
  note('navigation → the first control can be clicked', milliseconds(usable), '≤ 500 ms');
  note('fetched by a first visit', `${Math.max(...kilobytes).toFixed(0)} kB`, '≤ 200 kB');
}

async function measureLive(): Promise<void> {
  const page = await newcomersPage();
  await page.goto(host.url);
  await request(host, 'source.connect', { source: { kind: 'simulator' } });
  await page.waitForFunction(() => document.querySelector('canvas')?.width === 960);
  await sleep(3_000);
  const before = await counted(page);
  const drawnBefore = await framesDrawn();
  await sleep(LIVE_S * 1_000);
  const after = await counted(page);
  const drawn = (await framesDrawn()) - drawnBefore;
  const commits = after.commits - before.commits;
  note(
    'React commits while live',
    `${(commits / LIVE_S).toFixed(1)} a second`,
    'few, of the figures',
  );
  note('video frames drawn meanwhile', `${(drawn / LIVE_S).toFixed(1)} a second`);
  note('layout shift, load to end', after.shift.toFixed(4), '0');
  note('long tasks while live (> 50 ms)', String(after.longTasks - before.longTasks), '0');
  await page.context().close();
}

/** A page that counts React's commits, layout shifts and long tasks from its first line on. */
async function newcomersPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const counts = { commits: 0, shift: 0, longTasks: 0 };
    Object.assign(window, {
      counts,
      // React reports every commit to the hook of its developer tools, in production too.
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot: () => counts.commits++,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
      },
    });
    const observe = (type: string, see: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({
        type,
        buffered: true,
      });
    observe('layout-shift', (entry) => {
      if ('value' in entry) counts.shift += Number(entry.value);
    });
    observe('longtask', () => counts.longTasks++);
  });
  return page;
}

function counted(page: Page): Promise<{ commits: number; shift: number; longTasks: number }> {
  return page.evaluate(
    () =>
      (window as unknown as { counts: { commits: number; shift: number; longTasks: number } })
        .counts,
  );
}

async function framesDrawn(): Promise<number> {
  return (await statusOf(host)).consumers[0]?.framesGiven ?? 0;
}

async function countBytes(session: CDPSession): Promise<{ bytes: number }> {
  const received = { bytes: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    received.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return received;
}
