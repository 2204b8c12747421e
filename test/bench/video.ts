import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { decodeStationMessage, encodeViewerMessage } from '../../shared/frames.ts';
import type { Status } from '../../shared/status.ts';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { startSimulator } from '../support/simulator.ts';
import { opencvAges, pictureAge } from './opencv-peer.ts';
import { type Cost, costOf, cpuPercent } from './process-cost.ts';
import { milliseconds } from './statistics.ts';

/** `npm run bench:video -- --quick` measures a tenth as long. */
const scale = process.argv.includes('--quick') ? 0.1 : 1;
const STEADY_S = 60 * scale;
/** The station's own window of delays: sampled once a window, no delay counts twice. */
const WINDOW_S = 5;
const CONNECTS = Math.ceil(10 * scale);
const PHOTOS = Math.ceil(30 * scale);
const CROWD = 8;
const CROWD_S = 20 * scale;
const PEER_S = Math.max(8, 20 * scale);

const rows: Record<string, { measured: string; goal: string }> = {};
const note = (what: string, measured: string, goal = '') => {
  rows[what] = { measured, goal };
};

const drone = await startSimulator();
const host = await startBrowserHost();
const browser = await chromium.launch({
  executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

try {
  // The cards for newcomers would lie over the picture.
  await ask('settings.set', { introSeen: true });
  const page = await openPage();
  await measureConnects(page);
  await measureSteadyState(page);
  await measureScreenAge(page);
  await measureSecondViewer();
  await measurePhotos();
  await page.close();
  await measureCrowd();
  await ask('source.disconnect', {});
} finally {
  await browser.close();
  await host.stop();
  await drone.close();
}
await measurePeer();
console.log(`960x720 at 30 fps, ${STEADY_S} s, headless Chromium, software decoding and drawing`);
console.table(rows);

async function ask(name: string, input: unknown): Promise<unknown> {
  const response = await fetch(`${host.url}/api/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return response.json();
}

async function status(): Promise<Status> {
  return (await (await fetch(`${host.url}/api/status`)).json()) as Status;
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // The painter's own figures, overheard on their way to the page.
  await page.addInitScript(() => {
    const seen: { firstPictureMs?: number } = {};
    Object.assign(window, { seen });
    const PlainWorker = Worker;
    window.Worker = class extends PlainWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          if (data.firstPictureMs) seen.firstPictureMs ??= data.firstPictureMs;
        });
      }
    };
  });
  await page.goto(host.url);
  return page;
}

async function measureConnects(page: Page): Promise<void> {
  const untilIdr: number[] = [];
  for (let i = 0; i < CONNECTS; i++) {
    await ask('source.disconnect', {});
    await sleep(300);
    const begun = Date.now();
    await ask('source.connect', { source: drone.source });
    let now = await status();
    while (now.state !== 'live') {
      await sleep(5);
      now = await status();
    }
    untilIdr.push(Date.now() - now.stateAgeMs - begun);
  }
  await page.waitForFunction(() => document.querySelector('canvas')?.width === 960);
  note('connect → first IDR at the station', milliseconds(untilIdr), 'the next IDR');
}

async function measureSteadyState(page: Page): Promise<void> {
  await page.bringToFront();
  await sleep(WINDOW_S * 1_000);
  const main = host.pid;
  const before = await costOf(main);
  const first = await status();
  const begun = Date.now();
  const p50: number[] = [];
  const p95: number[] = [];
  for (let second = 0; second < STEADY_S; second += WINDOW_S) {
    await sleep(WINDOW_S * 1_000);
    const delay = (await status()).consumers[0]?.delayMs;
    if (delay) {
      p50.push(delay.p50);
      p95.push(delay.p95);
    }
  }
  const last = await status();
  const after = await costOf(main);
  const windows = `${p50.length} windows of ${WINDOW_S} s: median / worst`;
  const summary = (values: number[]) =>
    `${milliseconds(values).split(' /')[0]} / ${Math.max(...values).toFixed(1)} ms`;
  note(`delay p50 (${windows})`, summary(p50), '≤ 8 ms');
  note(`delay p95 (${windows})`, summary(p95), '≤ 17 ms');
  const dropped = (status: Status) =>
    (status.video?.framesDropped ?? 0) + (status.consumers[0]?.framesDropped ?? 0);
  const received = (last.video?.framesReceived ?? 0) - (first.video?.framesReceived ?? 0);
  note('frames dropped', `${dropped(last) - dropped(first)} of ${received}`, '0');
  note(
    'main process, CPU of one core',
    cpuPercent(before, after, (Date.now() - begun) / 1_000),
    '≤ 3 %',
  );
}

/** The simulator's clock in the picture against ours, read back from the screen's canvas. */
async function measureScreenAge(page: Page): Promise<void> {
  const ages: number[] = [];
  for (let i = 0; i < 50 * scale; i++) {
    const seen = await page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const context = new OffscreenCanvas(960, 48).getContext('2d');
      if (!canvas || !context) return null;
      context.drawImage(canvas, 0, canvas.height - 48, 960, 48, 0, 0, 960, 48);
      const atMs = performance.timeOrigin + performance.now();
      const { data } = context.getImageData(0, 0, 960, 48);
      return { atMs, height: canvas.height, green: [...data].filter((_v, i) => i % 4 === 1) };
    });
    if (seen) {
      const age = pictureAge(Uint8Array.from(seen.green), 960, seen.height, seen.atMs);
      if (age !== null) ages.push(age);
    }
    await sleep(137);
  }
  note('painted → on screen, age of what one sees', milliseconds(ages));
}

async function measureSecondViewer(): Promise<void> {
  const relay: number[] = [];
  const pages: number[] = [];
  for (let i = 0; i < CONNECTS; i++) {
    relay.push(await firstGroupMs());
    const page = await openPage();
    const seen = await page.waitForFunction(
      () => (window as { seen?: { firstPictureMs?: number } }).seen?.firstPictureMs,
    );
    pages.push((await seen.jsonValue()) ?? Number.NaN);
    await page.close();
    await sleep(211);
  }
  note(
    'second viewer, relay only: link open → newest frame there',
    milliseconds(relay),
    '≤ 100 ms',
  );
  note('second viewer in a new tab: link open → picture drawn', milliseconds(pages), '≤ 100 ms');
}

function openViewer(
  onFrame: (frame: { seq: number; generation: number; catchUp: boolean }) => boolean,
) {
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/frames`);
  socket.binaryType = 'arraybuffer';
  socket.on('open', () => socket.send(encodeViewerMessage({ type: 'ready' })));
  socket.on('message', (data) => {
    const message = data instanceof ArrayBuffer ? decodeStationMessage(data) : null;
    if (message?.type !== 'frame' || !onFrame(message)) return;
    const { generation, seq } = message;
    socket.send(encodeViewerMessage({ type: 'drawn', generation, seq, delayMs: Number.NaN }));
  });
  return socket;
}

function firstGroupMs(): Promise<number> {
  return new Promise((resolve) => {
    let begun = 0;
    const socket = openViewer((frame) => {
      if (!frame.catchUp) {
        resolve(performance.now() - begun);
        socket.close();
      }
      return false;
    });
    socket.on('open', () => {
      begun = performance.now();
    });
  });
}

async function measurePhotos(): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < PHOTOS; i++) {
    const begun = performance.now();
    await ask('capture.take', {});
    times.push(performance.now() - begun);
    await sleep(173);
  }
  note('photo: request → file on disk', milliseconds(times), '≤ 80 ms');
}

async function measureCrowd(): Promise<void> {
  const main = host.pid;
  const before = await costOf(main);
  const sockets = Array.from({ length: CROWD }, (_v, index) => openViewer(() => index !== 0));
  await sleep(CROWD_S * 500);
  const half = await costOf(main);
  await sleep(CROWD_S * 500);
  const after = await costOf(main);
  // The status lists them as they came, which need not be as they were opened; one alone stalls.
  const byDrops = (await status()).consumers.sort((a, b) => b.framesDropped - a.framesDropped);
  for (const socket of sockets) socket.close();
  const describe = (viewer: Status['consumers'][number] | undefined) =>
    `${viewer?.framesGiven} sent, ${viewer?.framesDropped} dropped`;
  note(`${CROWD} viewers: the stalled one`, describe(byDrops[0]));
  note(`${CROWD} viewers: the worst of the others`, describe(byDrops[1]), '0 dropped');
  const memory = (cost: Cost | null) => cost?.residentMiB.toFixed(0);
  note(
    `${CROWD} viewers: main’s memory`,
    `${memory(before)} → ${memory(half)} → ${memory(after)} MiB`,
    'flat',
  );
  note(`${CROWD} viewers: main, CPU of one core`, cpuPercent(half, after, CROWD_S / 2));
}

async function measurePeer(): Promise<void> {
  for (const mode of ['default', 'low-delay'] as const) {
    const ages = await opencvAges(mode, PEER_S);
    const text = 'skipped' in ages ? ages.skipped : milliseconds(ages);
    note(`peer: OpenCV VideoCapture, ${mode} options, painted → read`, text);
  }
}
