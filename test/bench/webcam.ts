import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nowUs } from '../../electron/base/clock.ts';
import type { Child, StartChild } from '../../electron/processes/child.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';
import type { ReaderKind } from '../../electron/sources/webcam/channel.ts';
import { openWebcam } from '../../electron/sources/webcam/open-webcam.ts';
import { findOpencvAddon } from '../../electron/sources/webcam/opencv-place.ts';
import type { WebcamSource } from '../../shared/source.ts';
import { cpuSeconds, megabytes, percentile, table } from './webcam-figures.ts';

/**
 * `npm run bench:webcam [-- --seconds 600]`: what reading a camera costs, both readers side by side.
 * There is no camera here, so a test picture is drawn in the reader; what the drawing alone costs is
 * measured apart (a station that takes no pictures: drawn and thrown away) and taken off.
 */

const SIZES = [
  { width: 1280, height: 720, fps: 30 },
  { width: 1920, height: 1080, fps: 30 },
];
/** Start-up is not what a second of picture costs. */
const SETTLE_MS = 1_500;
const KEPT_JPEGS = 60;
const HEADINGS = [
  'reader',
  'size',
  'fps',
  'kB',
  'reader CPU',
  'of it drawing',
  'station CPU',
  'delay p50',
  'delay p95',
  'first picture',
  'memory, start → end',
];

type Run = { row: string[]; jpegs: Uint8Array[] };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const percent = (share: number) => (Number.isNaN(share) ? '?' : `${(share * 100).toFixed(1)} %`);
const ms = (value: number) => `${value.toFixed(1)} ms`;

async function measure(
  label: string,
  size: (typeof SIZES)[number],
  preference: ReaderKind,
  startChild: StartChild,
  drawing: number,
  seconds: number,
): Promise<Run> {
  let child: Child | undefined;
  const open = openWebcam({
    startChild: (entry, options) => {
      child = startChild(entry, options);
      return child;
    },
    readerPreference: () => preference,
  });
  const delays: number[] = [];
  const jpegs: Uint8Array[] = [];
  let bytes = 0;
  let firstAt = 0;
  const askedAt = performance.now();
  const spec: WebcamSource = { kind: 'webcam', device: 'test', mode: size };
  const listener = {
    frame(frame: { capturedAtUs: number; data: Uint8Array }) {
      if (firstAt === 0) firstAt = performance.now();
      delays.push((nowUs() - frame.capturedAtUs) / 1_000);
      bytes += frame.data.byteLength;
      if (jpegs.length < KEPT_JPEGS) jpegs.push(frame.data);
    },
    dropped: () => undefined,
    phase: () => undefined,
    lost: (error: Error) => console.error(`lost: ${error.message}`),
  };
  const source = await open(spec, listener, new AbortController().signal);
  await sleep(SETTLE_MS);
  const pid = child?.pid ?? 0;
  const before = { cpu: cpuSeconds(pid), own: process.cpuUsage(), memory: megabytes(pid) };
  delays.length = 0;
  bytes = 0;
  const startedAt = performance.now();
  await sleep(seconds * 1_000);
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  const own = process.cpuUsage(before.own);
  const readerShare = (cpuSeconds(pid) - before.cpu) / tookSeconds;
  const row = [
    label,
    `${size.width}×${size.height}`,
    (delays.length / tookSeconds).toFixed(1),
    (bytes / delays.length / 1_000).toFixed(0),
    percent(readerShare),
    percent(drawing),
    percent((own.user + own.system) / 1e6 / tookSeconds),
    ms(percentile(delays, 0.5)),
    ms(percentile(delays, 0.95)),
    `${Math.round(firstAt - askedAt)} ms`,
    `${before.memory.toFixed(0)} → ${megabytes(pid).toFixed(0)} MB`,
  ];
  await source.dispose();
  return { row, jpegs };
}

/** CPU of drawing the test picture, nothing else: a reader whose pictures nobody takes encodes none. */
async function measureDrawing(
  size: (typeof SIZES)[number],
  reader: ReaderKind,
  addonPath: string | undefined,
): Promise<number> {
  const child = startNodeChild('webcam-reader', {
    env: { OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING: '1' },
  });
  const gone = new Promise<void>((resolve) => child.onExit(() => resolve()));
  child.send({ type: 'open', reader, device: 'test', mode: size, addonPath });
  await sleep(SETTLE_MS);
  const before = cpuSeconds(child.pid ?? 0);
  const seconds = 5;
  await sleep(seconds * 1_000);
  const share = (cpuSeconds(child.pid ?? 0) - before) / seconds;
  child.send({ type: 'close' });
  await gone;
  return share;
}

/** Plays JPEGs instead of reading a camera: everything of pass-through but the driver. */
function startPlayer(
  folder: string,
  size: (typeof SIZES)[number],
  jpegs: Uint8Array[],
): StartChild {
  const path = join(folder, `${size.height}.jpegs`);
  const parts = jpegs.flatMap((jpeg) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(jpeg.byteLength);
    return [length, jpeg];
  });
  writeFileSync(path, Buffer.concat(parts));
  return (entry, options) => {
    const bundles = process.env.HOVERDECK_BUNDLES;
    process.env.HOVERDECK_BUNDLES = playerFolder();
    try {
      const env = {
        HOVERDECK_BENCH_JPEGS: path,
        HOVERDECK_BENCH_SIZE: `${size.width}x${size.height}`,
      };
      return startNodeChild(entry, { ...options, env });
    } finally {
      if (bundles === undefined) delete process.env.HOVERDECK_BUNDLES;
      else process.env.HOVERDECK_BUNDLES = bundles;
    }
  };
}

/** The bundle of this file may lie anywhere; the player stays where it is. */
function playerFolder(): string {
  const root = process.env.HOVERDECK_ROOT ?? process.cwd();
  return join(root, 'test', 'bench', 'jpeg-player');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
  const seconds = Number(values.seconds);
  process.env.HOVERDECK_BUNDLES ??= fileURLToPath(new URL('.', import.meta.url));
  const addon = findOpencvAddon();
  const folder = mkdtempSync(join(tmpdir(), 'hoverdeck-bench-'));
  const rows: string[][] = [];
  for (const size of SIZES) {
    const drawing = await measureDrawing(size, 'ffmpeg', undefined);
    const ffmpeg = await measure('FFmpeg, raw', size, 'ffmpeg', startNodeChild, drawing, seconds);
    rows.push(ffmpeg.row);
    if (addon !== null && addon.nodePath === undefined) {
      const cost = await measureDrawing(size, 'opencv', addon.addonPath);
      const opencv = await measure('OpenCV, raw', size, 'opencv', startNodeChild, cost, seconds);
      rows.push(opencv.row);
    }
    const player = startPlayer(folder, size, ffmpeg.jpegs);
    const played = await measure('JPEG passed on', size, 'ffmpeg', player, 0, seconds);
    rows.push(played.row);
  }
  rmSync(folder, { recursive: true });

  console.log(table(HEADINGS, rows));
  const [load] = loadavg();
  console.log(
    `\n${seconds} s a row, on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'},`,
  );
  console.log(
    `load ${load?.toFixed(2)} at the end, Node ${process.versions.node}. CPU: share of one core.`,
  );
  console.log('No camera took part: “raw” is a test picture drawn in the reader process (FFmpeg’s');
  console.log(
    'in YUYV like a camera’s, OpenCV’s in BGR, which spares it the conversion), “passed on”',
  );
  console.log('are JPEGs from memory. Delay: picture in the reader’s hand → in the station’s.');
  if (addon === null) console.log('OpenCV is missing here: npm run opencv:install');
}

await main();
