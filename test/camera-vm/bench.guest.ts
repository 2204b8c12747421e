import { nowUs } from '../../electron/base/clock.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';
import type { ReaderKind } from '../../electron/sources/webcam/channel.ts';
import { openWebcam } from '../../electron/sources/webcam/open-webcam.ts';
import { READER_LIMITS } from '../../electron/sources/webcam/reader-limits.ts';
import type { WebcamSource } from '../../shared/source.ts';
import { cpuSeconds, megabytes, percentile, table } from '../bench/webcam-figures.ts';
import { FIRST, LOOPBACK, LoopbackWriter, plugLoopback, plugVivid } from './guest-cameras.ts';

/**
 * `npm run test:camera -- --bench`: both readers on the same V4L2 cameras. Everything is emulated,
 * so these figures compare the readers with each other and with nothing else.
 */

const SETTLE_MS = 4_000;
const MEASURE_MS = 20_000;
const LIMITS = { ...READER_LIMITS, openMs: 60_000, pictureMs: 30_000 };
const CAMERAS: { label: string; spec: WebcamSource }[] = [
  {
    label: 'raw YUYV 1280×720 at 10',
    spec: {
      kind: 'webcam',
      device: FIRST.device,
      mode: { width: 1280, height: 720, fps: 10 },
    },
  },
  { label: 'MJPEG 640×480 at 30', spec: { kind: 'webcam', device: LOOPBACK.name } },
];

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function measure(reader: ReaderKind, label: string, spec: WebcamSource): Promise<string[]> {
  let pid = 0;
  const open = openWebcam({
    startChild: (entry, options) => {
      const child = startNodeChild(entry, options);
      pid = child.pid ?? 0;
      return child;
    },
    readerPreference: () => reader,
    limits: LIMITS,
  });
  const delays: number[] = [];
  const askedAt = performance.now();
  let firstAt = 0;
  const listener = {
    frame(frame: { capturedAtUs: number }) {
      if (firstAt === 0) firstAt = performance.now();
      delays.push((nowUs() - frame.capturedAtUs) / 1_000);
    },
    dropped: () => undefined,
    phase: () => undefined,
    lost: (error: Error) => console.log(`lost: ${error.message}`),
  };
  const source = await open(spec, listener, new AbortController().signal);
  await sleep(SETTLE_MS);
  delays.length = 0;
  const before = cpuSeconds(pid);
  await sleep(MEASURE_MS);
  const spentMs = (cpuSeconds(pid) - before) * 1_000;
  const row = [
    reader,
    label,
    (delays.length / (MEASURE_MS / 1_000)).toFixed(1),
    `${(spentMs / delays.length).toFixed(1)} ms`,
    `${percentile(delays, 0.5).toFixed(1)} ms`,
    `${percentile(delays, 0.95).toFixed(1)} ms`,
    `${Math.round(firstAt - askedAt)} ms`,
    `${megabytes(pid).toFixed(0)} MB`,
  ];
  await source.dispose();
  return row;
}

plugVivid();
plugLoopback();
const writer = new LoopbackWriter();
await writer.plays();
const rows: string[][] = [];
for (const { label, spec } of CAMERAS) {
  for (const reader of ['ffmpeg', 'opencv'] as const) rows.push(await measure(reader, label, spec));
}
await writer.kill();
const headings = [
  'reader',
  'camera',
  'fps',
  'CPU a picture',
  'delay p50',
  'p95',
  'first',
  'memory',
];
console.log(table(headings, rows));
console.log('Emulated processor: the readers compare with each other, not with a computer.');
process.exit(0);
