import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { createLog } from '../../electron/base/log.ts';
import { FolderIndex } from '../../electron/library/items/folder-index.ts';
import { RecorderClient } from '../../electron/media/recorder-client.ts';
import type { WrittenFilm } from '../../electron/media/recorder-messages.ts';
import type { Child } from '../../electron/processes/child.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/requests.ts';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { childrenOf } from '../support/children-of.ts';
import { writeJpeg } from '../support/jpeg-writer.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { costOf, cpuPercent } from './process-cost.ts';
import { milliseconds } from './statistics.ts';

/** `npm run bench:keep -- --quick` measures a fifth as long. */
const scale = process.argv.includes('--quick') ? 0.2 : 1;
const STEADY_S = Math.max(10, 40 * scale);
const KILLS = Math.ceil(20 * scale);
const PHOTOS = Math.ceil(40 * scale);
const WEBCAM_S = Math.max(6, 20 * scale);
const HOUR_FRAMES = 60 * 60 * 30;
const LIBRARY_ITEMS = 5_000;

const rows: Record<string, { measured: string; peer: string; goal: string }> = {};
const note = (what: string, measured: string, goal = '', peer = '') => {
  rows[what] = { measured, peer, goal };
};
const SHORT_START = Buffer.from([0, 0, 1]);
const silent = {
  begun: () => undefined,
  settled: () => undefined,
  safe: () => undefined,
  film: () => undefined,
  failed: (code: string, message: string) => {
    if (code !== 'recorder-gone') console.error(code, message);
  },
  ended: () => undefined,
};
const folder = await mkdtemp(join(tmpdir(), 'hoverdeck-keep-'));

try {
  const units = droneStream();
  await measureLive();
  await measurePeer(units);
  await measureKills(units);
  await measurePhotos('simulator', 'photo, H.264', '≤ 60 ms');
  await measurePhotos('webcam:test', 'photo, JPEG', '≤ 30 ms');
  await measureWebcam();
  await measureHour(units);
  await measureLibrary();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);

/** Ten seconds like the drone's: 960x720 at 30 a second, an IDR a second, 2.5 Mbit/s. */
function droneStream(): Buffer[] {
  const { stdout } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=960x720:r=30', '-t', '10'],
      ...['-c:v', 'libx264', '-profile:v', 'main', '-bf', '0', '-refs', '1', '-g', '30'],
      ...['-preset', 'veryfast', '-tune', 'zerolatency', '-x264-params', 'sliced-threads=0'],
      ...['-b:v', '2500k', '-pix_fmt', 'yuv420p', '-f', 'h264', '-'],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const units: Buffer[] = [];
  let from = 0;
  for (let at = stdout.indexOf(SHORT_START); at >= 0; at = stdout.indexOf(SHORT_START, at + 3)) {
    const type = (stdout[at + 3] ?? 0) & 0x1f;
    if (type !== 1 && type !== 5) continue;
    const next = stdout.indexOf(SHORT_START, at + 3);
    const end = next < 0 ? stdout.length : stdout[next - 1] === 0 ? next - 1 : next;
    units.push(stdout.subarray(from, end));
    from = end;
  }
  return units;
}

/** What recording costs beside a live view, and what it does to its delay. */
async function measureLive(): Promise<void> {
  const host = await startBrowserHost(['--source', 'simulator']);
  const browser = await chromium.launch({
    executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(host.url);
    await until(async () => (await ask(host.url, 'status.get', {})).consumers[0]?.delayMs != null);
    const idle = await watchLive(host.url, host.pid, null);
    await ask(host.url, 'record.start', {});
    const [recorder = 0] = childrenOf(host.pid, 'recorder');
    const busy = await watchLive(host.url, host.pid, recorder);
    const state = await ask(host.url, 'record.state', {});
    await ask(host.url, 'record.stop', {});
    note('live delay p50, not recording / recording', `${idle.p50} / ${busy.p50}`, 'unchanged');
    note('live delay p95, not recording / recording', `${idle.p95} / ${busy.p95}`, 'unchanged');
    note('main, CPU of a core, not recording / recording', `${idle.main} / ${busy.main}`);
    note('recorder, CPU of a core (drone, remuxed)', busy.recorder, '≤ 2 %');
    const all = state.framesWritten + state.framesDropped;
    note('frames missing in the film', `${state.framesDropped} of ${all}`, '0');
  } finally {
    await browser.close();
    await host.stop();
  }
}

async function watchLive(url: string, main: number, recorder: number | null) {
  await sleep(5_000);
  const before = await costOf(main);
  const recorderBefore = recorder === null ? null : await costOf(recorder);
  const begun = performance.now();
  const p50: number[] = [];
  const p95: number[] = [];
  while (performance.now() - begun < STEADY_S * 1_000) {
    await sleep(5_000);
    const delay = (await ask(url, 'status.get', {})).consumers.find(
      ({ kind }) => kind === 'viewer',
    )?.delayMs;
    if (delay) {
      p50.push(delay.p50);
      p95.push(delay.p95);
    }
  }
  const seconds = (performance.now() - begun) / 1_000;
  const median = (values: number[]) => milliseconds(values).split(' /')[0];
  return {
    p50: `${median(p50)} ms`,
    p95: `${median(p95)} ms`,
    main: cpuPercent(before, await costOf(main), seconds),
    recorder: recorder === null ? '–' : cpuPercent(recorderBefore, await costOf(recorder), seconds),
  };
}

/** `ffmpeg -c copy` with the same stream at the same pace, and the recorder again beside it. */
async function measurePeer(units: readonly Buffer[]): Promise<void> {
  const peer = spawn(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'h264', '-r', '30', '-i', '-', '-c', 'copy'],
      ...['-movflags', 'frag_keyframe+empty_moov', '-y', join(folder, 'peer.mp4')],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  const ours = startRecorder('2026-01-01 00.00.00.000 peer');
  const pids = [ours.pid(), peer.pid ?? 0];
  await sleep(1_000);
  const before = await Promise.all(pids.map(costOf));
  const begun = performance.now();
  for (let index = 0; performance.now() - begun < STEADY_S * 1_000; index++) {
    const unit = units[index % units.length];
    if (unit === undefined) break;
    peer.stdin?.write(unit);
    ours.frame(unit, index % 30 === 0, begun + (index * 1_000) / 30);
    await sleep(Math.max(0, begun + ((index + 1) * 1_000) / 30 - performance.now()));
  }
  const seconds = (performance.now() - begun) / 1_000;
  const after = await Promise.all(pids.map(costOf));
  const share = (at: number) => cpuPercent(before[at] ?? null, after[at] ?? null, seconds);
  note('the same stream at the same pace, CPU of a core', share(0), '≤ 2 %', share(1));
  await ours.finish();
  await endPeer(peer);
}

async function endPeer(peer: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => peer.once('exit', () => resolve()));
  peer.stdin?.end();
  await gone;
}

/** How much of what was sent is missing after kill -9, at seeded moments; ffmpeg's own beside. */
async function measureKills(units: readonly Buffer[]): Promise<void> {
  const random = seededRandom(9);
  const lost: number[] = [];
  const peerLost: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const name = `2026-01-01 00.00.00.${String(kill).padStart(3, '0')} kill`;
    const peerPath = join(folder, `peer-${kill}.mp4`);
    const peer = spawn(
      'ffmpeg',
      [
        ...['-v', 'quiet', '-f', 'h264', '-r', '30', '-i', '-', '-c', 'copy'],
        ...['-movflags', 'frag_keyframe+empty_moov', '-y', peerPath],
      ],
      { stdio: ['pipe', 'ignore', 'ignore'] },
    );
    const ours = startRecorder(name);
    const forMs = 1_500 + random() * 3_000;
    const begun = performance.now();
    let sent = 0;
    for (; performance.now() - begun < forMs; sent++) {
      const unit = units[sent % units.length];
      if (unit === undefined) break;
      peer.stdin?.write(unit);
      ours.frame(unit, sent % 30 === 0, begun + (sent * 1_000) / 30);
      await sleep(Math.max(0, begun + ((sent + 1) * 1_000) / 30 - performance.now()));
    }
    process.kill(ours.pid(), 'SIGKILL');
    process.kill(peer.pid ?? 0, 'SIGKILL');
    await ours.ended;
    const film = await mend(`${name}.recording.mp4`);
    lost.push((sent * 1_000) / 30 - (film?.durationUs ?? 0) / 1_000);
    peerLost.push((sent * 1_000) / 30 - secondsOf(peerPath) * 1_000);
  }
  const worst = (values: number[]) =>
    `${milliseconds(values).split(' /')[0]} / ${Math.max(...values).toFixed(0)} ms`;
  note(`kill -9 loses (median / worst of ${KILLS})`, worst(lost), '≤ 1,000 ms', worst(peerLost));
}

function secondsOf(path: string): number {
  const args = ['-v', 'quiet', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number(spawnSync('ffprobe', args).stdout.toString()) || 0;
}

async function measurePhotos(source: string, what: string, goal: string): Promise<void> {
  const host = await startBrowserHost(['--source', source]);
  try {
    await until(async () => (await ask(host.url, 'status.get', {})).state === 'live');
    await sleep(2_000);
    const took: number[] = [];
    for (let photo = 0; photo < PHOTOS; photo++) {
      const begun = performance.now();
      await ask(host.url, 'capture.take', {});
      if (photo > 0) took.push(performance.now() - begun);
      await sleep(100);
    }
    note(`${what}, request to file`, milliseconds(took), goal);
  } finally {
    await host.stop();
  }
}

/** A camera's 1080p pictures, 30 a second, encoded. */
async function measureWebcam(): Promise<void> {
  const { stdout } = spawnSync(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30,noise=alls=6:allf=t'],
      ...['-t', '2', '-c:v', 'mjpeg', '-q:v', '5', '-pix_fmt', 'yuvj422p', '-f', 'mjpeg', '-'],
    ],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  const pictures: Buffer[] = [];
  const head = Buffer.from([0xff, 0xd8, 0xff]);
  for (let at = stdout.indexOf(head); at >= 0; ) {
    const next = stdout.indexOf(head, at + 3);
    pictures.push(stdout.subarray(at, next < 0 ? undefined : next));
    at = next;
  }
  const ours = startRecorder('2026-01-01 00.00.00.000 webcam', 'jpeg');
  await sleep(500);
  const before = await costOf(ours.pid());
  const begun = performance.now();
  let refused = 0;
  for (let index = 0; performance.now() - begun < WEBCAM_S * 1_000; index++) {
    const picture = pictures[index % pictures.length];
    if (picture === undefined) break;
    if (!ours.frame(picture, true, performance.now())) refused++;
    await sleep(Math.max(0, begun + ((index + 1) * 1_000) / 30 - performance.now()));
  }
  const seconds = (performance.now() - begun) / 1_000;
  const cost = cpuPercent(before, await costOf(ours.pid()), seconds);
  const size = Math.round((pictures[0]?.length ?? 0) / 1_000);
  note(`webcam 1080p30 (${size} kB a picture), CPU of a core`, cost, '≤ 60 %');
  note('webcam pictures that did not fit', String(refused), '0');
  const [film] = await ours.finish();
  note('webcam film', `${(((film?.sizeBytes ?? 0) * 8) / seconds / 1e6).toFixed(1)} Mbit/s`);
}

/** An hour of the drone, as fast as it goes. */
async function measureHour(units: readonly Buffer[]): Promise<void> {
  const ours = startRecorder('2026-01-01 00.00.00.000 hour');
  const sizes: string[] = [];
  const begun = performance.now();
  const frames = HOUR_FRAMES * scale;
  for (let index = 0; index < frames; index++) {
    const unit = units[index % units.length];
    if (unit === undefined) break;
    while (!ours.frame(unit, index % 30 === 0, (index * 1_000) / 30)) await sleep(2);
    if (index % Math.floor(frames / 4) === Math.floor(frames / 8)) {
      sizes.push(`${(await costOf(ours.pid()))?.residentMiB.toFixed(0)}`);
    }
  }
  const minutes = Math.round(60 * scale);
  note(
    `${minutes} min of film in ${((performance.now() - begun) / 1_000).toFixed(0)} s: recorder’s memory`,
    `${sizes.join(', ')} MiB`,
    'flat',
  );
  const finishing = performance.now();
  await ours.finish();
  note(`ending a film of ${minutes} min`, `${(performance.now() - finishing).toFixed(0)} ms`);
}

async function measureLibrary(): Promise<void> {
  const place = join(folder, 'library');
  await mkdir(place);
  const jpeg = writeJpeg();
  for (let item = 0; item < LIBRARY_ITEMS; item++) {
    const at = new Date(Date.UTC(2026, 0, 1) + item * 60_000).toISOString();
    const name = at.slice(0, 23).replace('T', ' ').replaceAll(':', '.');
    await writeFile(join(place, `${name} Tello ${item}.jpg`), jpeg);
  }
  const before = process.memoryUsage.rss();
  const log = createLog(() => undefined);
  const index = new FolderIndex({ onChange: () => undefined, report: log.error });
  const begun = performance.now();
  let page = await index.page(place, { limit: 60 });
  note(
    `library of ${LIBRARY_ITEMS}: first page`,
    `${(performance.now() - begun).toFixed(0)} ms`,
    '≤ 500 ms',
  );
  const scrolling = performance.now();
  let pages = 1;
  for (; page.next !== null; pages++) {
    page = await index.page(place, { limit: 60, after: page.next });
  }
  const eachMs = (performance.now() - scrolling) / pages;
  note('… each further page', `${eachMs.toFixed(2)} ms`);
  const grown = (process.memoryUsage.rss() - before) / 1_048_576;
  note('… memory in main', `${grown.toFixed(0)} MiB`, '≤ 150 MB');
  await index.dispose();
}

function startRecorder(name: string, codec: 'h264' | 'jpeg' = 'h264') {
  let child: Child | undefined;
  const films: WrittenFilm[] = [];
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const recorder = new RecorderClient(
    (entry, options) => {
      child = startNodeChild(entry, options);
      return child;
    },
    { ...silent, film: (film) => films.push(film), ended: end },
  );
  recorder.begin({ folder, name, keepJpeg: false });
  const [width, height] = codec === 'h264' ? [960, 720] : [1_920, 1_080];
  return {
    ended,
    pid: () => child?.pid ?? 0,
    frame: (data: Uint8Array, keyframe: boolean, atMs: number) =>
      recorder.frame({ codec, width, height, keyframe, capturedAtUs: atMs * 1_000, data }),
    async finish() {
      recorder.finish();
      await ended;
      return films;
    },
  };
}

async function mend(fileName: string): Promise<WrittenFilm | null> {
  let film: WrittenFilm | null = null;
  await new Promise<void>((resolve) => {
    new RecorderClient(startNodeChild, {
      ...silent,
      film: (written) => {
        film = written;
      },
      ended: () => resolve(),
    }).mend(folder, fileName);
  });
  return film;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(100);
}

async function ask<N extends RequestName>(
  url: string,
  name: N,
  input: RequestInput<N>,
): Promise<RequestOutput<N>> {
  const reply = await fetch(`${url}/api/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const result = await reply.json();
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value;
}
