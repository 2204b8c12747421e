// `npm run bench:loss`: what is on the screen when the radio loses datagrams. One recording of the simulated
// drone is sent to Hoverdeck, to FFmpeg and to OpenCV with the same seeded losses.
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import type { Meters } from '../../renderer/painter/messages.ts';
import type { Status } from '../../shared/status.ts';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { FakeTello } from '../support/fake-tello.ts';
import { freeUdpPorts } from '../support/simulator.ts';
import { ffmpegPictures, opencvPictures } from './loss-peers.ts';
import { costOf, cpuPercent } from './process-cost.ts';
import { bursts, ceiling, clean, independent, outages, type Radio } from './radio.ts';
import { recordVideo } from './recorded-video.ts';
import { replay } from './replay.ts';

const isQuick = process.argv.includes('--quick');
/** `--seconds 20` says how long each radio is measured. */
const asked = Number(process.argv[process.argv.indexOf('--seconds') + 1]);
const SECONDS = isQuick ? 10 : asked > 0 ? asked : 60;
const SEEDS = isQuick ? [1] : [1, 2, 3];
const PEERS_AT = new Set(['0 %', '1 %', '2 %', '5 %']);
const RADIOS: Radio[] = [
  clean,
  independent(0.005),
  independent(0.01),
  independent(0.02),
  independent(0.05),
  bursts(0.02, 8),
  outages(200, 'over'),
  outages(500, 'over'),
  outages(1_000, 'over'),
  outages(200, 'beside'),
  outages(500, 'beside'),
  outages(1_000, 'beside'),
];

type Row = {
  radio: string;
  who: string;
  seed: number;
  'drawn %': string;
  'can be %': string;
  'longest gap ms': string;
  'without picture s': string;
  'delay p50 / p95 ms': string;
  'CPU main / page %': string;
};
const rows: Row[] = [];

const video = await recordVideo(SECONDS);
const pictures = new Set(video.map(({ picture }) => picture)).size;
const host = await startBrowserHost();
const browser = await chromium.launch({
  executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  // The cards for newcomers would lie over the picture.
  await ask('settings.set', { introSeen: true });
  const page = await openPage();
  for (const radio of RADIOS) {
    for (const seed of SEEDS) {
      const arrived = radio.arrives(seed, video);
      await measureHoverdeck(page, radio, seed, arrived);
      if (PEERS_AT.has(radio.name)) await measurePeers(radio, seed, arrived);
    }
  }
} finally {
  await browser.close();
  await host.stop();
}
console.log(
  `960x720 at 30 fps, ${SECONDS} s of ${pictures} pictures in ${video.length} datagrams, headless Chromium`,
);
console.table(rows);

async function openPage(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // The painter's own figures, overheard on their way to the page.
  await page.addInitScript(() => {
    const seen: { meters: object[] } = { meters: [] };
    Object.assign(window, { seen });
    const PlainWorker = Worker;
    window.Worker = class extends PlainWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener('message', ({ data }) => {
          if (data.type === 'meters') seen.meters.push(data);
        });
      }
    };
  });
  await page.goto(host.url);
  return page;
}

async function measureHoverdeck(
  page: Page,
  radio: Radio,
  seed: number,
  arrived: readonly boolean[],
): Promise<void> {
  const drone = await FakeTello.start();
  const [state = 0, port = 0] = await freeUdpPorts(2);
  const ports = { command: drone.port, state, video: port };
  await ask('source.connect', { source: { kind: 'tello', host: '127.0.0.1', ports } });
  while (!drone.received.includes('streamon')) await sleep(20);
  await page.evaluate(() => {
    (window as unknown as { seen: { meters: object[] } }).seen.meters = [];
  });
  const chromiumPids = await renderers();
  const before = await costs(host.pid, chromiumPids);
  const delays: { p50: number; p95: number }[] = [];
  const sampling = setInterval(async () => {
    const delay = (await status()).consumers.find(({ kind }) => kind === 'viewer')?.delayMs;
    if (delay) delays.push(delay);
  }, 5_000);
  await replay(video, arrived, port);
  clearInterval(sampling);
  const after = await costs(host.pid, chromiumPids);
  await sleep(700);
  const meters = await page.evaluate(
    () => (window as unknown as { seen: { meters: Meters[] } }).seen.meters,
  );
  await ask('source.disconnect', {});
  await drone.close();
  const last = meters.at(-1);
  const mine = meters.filter(({ generation }) => generation === last?.generation);
  rows.push({
    radio: radio.name,
    who: 'Hoverdeck',
    seed,
    'drawn %': percent((last?.framesDrawn ?? 0) / pictures),
    'can be %': percent(ceiling(video, arrived)),
    'longest gap ms': String(Math.round(last?.longestGapMs ?? Number.NaN)),
    'without picture s': withoutPicture(mine).toFixed(1),
    'delay p50 / p95 ms': `${median(delays.map(({ p50 }) => p50))} / ${median(delays.map(({ p95 }) => p95))}`,
    'CPU main / page %': `${cpuPercent(before.main, after.main, SECONDS)} / ${cpuPercent(before.page, after.page, SECONDS)}`,
  });
}

async function measurePeers(
  radio: Radio,
  seed: number,
  arrived: readonly boolean[],
): Promise<void> {
  for (const [who, run] of [
    ['FFmpeg', ffmpegPictures],
    ['OpenCV', opencvPictures],
  ] as const) {
    const seen = await run((port) => replay(video, arrived, port));
    const skipped = 'skipped' in seen;
    const shouldCome = skipped
      ? 0
      : video.filter(
          ({ atMs, startsPicture }) =>
            startsPicture && atMs >= (seen.atMs[0] ?? 0) - seen.startedAtMs,
        ).length;
    const gaps = skipped ? [] : seen.atMs.slice(1).map((at, i) => at - (seen.atMs[i] ?? at));
    rows.push({
      radio: radio.name,
      who: skipped ? `${who}: ${seen.skipped}` : who,
      seed,
      'drawn %': skipped ? '' : percent(seen.atMs.length / shouldCome),
      'can be %': '',
      'longest gap ms': skipped ? '' : String(Math.round(Math.max(...gaps))),
      'without picture s': skipped
        ? ''
        : (gaps.filter((gap) => gap > 250).reduce((a, b) => a + b, 0) / 1_000).toFixed(1),
      'delay p50 / p95 ms': '',
      'CPU main / page %': '',
    });
  }
}

/** Quarter seconds in which nothing was drawn, of those after the first picture. */
function withoutPicture(meters: readonly Meters[]): number {
  let quarters = 0;
  for (const [index, { framesDrawn }] of meters.entries()) {
    const before = meters[index - 1];
    if (before !== undefined && before.framesDrawn > 0 && before.framesDrawn === framesDrawn)
      quarters++;
  }
  // The last ones are after the end of the recording.
  return Math.max(0, quarters - 3) / 4;
}

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

/** Chromium's processes for pages, by what the system calls them. */
async function renderers(): Promise<number[]> {
  const { readdir, readFile } = await import('node:fs/promises');
  const pids: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.includes('--type=renderer')) pids.push(Number(name));
  }
  return pids;
}

async function costs(main: number, pages: readonly number[]) {
  const all = await Promise.all(pages.map(costOf));
  const cpuSeconds = all.reduce((sum, cost) => sum + (cost?.cpuSeconds ?? 0), 0);
  return { main: await costOf(main), page: { cpuSeconds, residentMiB: 0 } };
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function median(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]?.toFixed(1) ?? '–';
}
