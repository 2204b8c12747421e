import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../electron/library/flight-log/log-file.ts';
import { Recordings } from '../../../electron/library/recordings.ts';
import { RecorderClient } from '../../../electron/media/recorder-client.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import { FrameHub } from '../../../electron/video/frame-hub.ts';
import {
  type Kept,
  type Recording,
  STOP_BELOW_BYTES,
  WARN_BELOW_BYTES,
} from '../../../shared/recording.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { encodeFilm } from '../../support/encode-film.ts';
import { eventually } from '../../support/eventually.ts';
import { decodeFilm, probeFilm } from '../../support/film.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { someFrame } from '../../support/scripted-source.ts';

assertNoLeaks();

const FRAME_MS = 20;
const PLENTY = 10 * WARN_BELOW_BYTES;
let folder: string;
let units: Uint8Array[];
let free: number;
let recordings: Recordings;
let feeding: NodeJS.Timeout;
let told: Recording[];
let kept: Kept[];
let isMounted: boolean;

beforeAll(async () => {
  units = await encodeFilm(320, 240, 30);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoverdeck-full-'));
  free = PLENTY;
  isMounted = false;
  told = [];
  kept = [];
  const hub = new FrameHub(() => undefined);
  recordings = new Recordings({
    hub,
    openRecorder: (listener) => new RecorderClient(startNodeChild, listener),
    source: () => ({
      name: 'Tello',
      spec: { kind: 'simulator' },
      connected: true,
      frameAgeMs: 0,
      tip: undefined,
    }),
    settings: () => ({ ...defaultSettings, photoFolder: folder }),
    folder: () => folder,
    freeBytes: async () => free,
    tell: (recording) => told.push(recording),
    tellKept: (what) => kept.push(what),
    onFilm: () => undefined,
    onLeftover: () => undefined,
    report: () => undefined,
  });
  let seq = 0;
  feeding = setInterval(() => {
    const format = { codec: 'h264', codecString: 'avc1.42C00D', width: 320, height: 240 } as const;
    const data = units[seq % units.length] ?? new Uint8Array();
    const frame = someFrame({ format, keyframe: seq % units.length === 0, data });
    hub.publish({ ...frame, generation: 1, seq });
    seq++;
  }, FRAME_MS);
});
afterEach(async () => {
  clearInterval(feeding);
  await recordings.dispose();
  if (isMounted) execFileSync('umount', [folder]);
  await rm(folder, { recursive: true, force: true });
});

const whole = ({ path }: { path: string }) =>
  expect(decodeFilm(path)).toHaveLength(probeFilm(path).times.length);

describe('a disk that fills up', () => {
  it('is spoken of in time, and the film ends before the last of the room', async () => {
    await recordings.start();
    expect(recordings.state().warning).toBeNull();
    free = WARN_BELOW_BYTES - 1;
    await eventually(
      () => recordings.state(),
      ({ warning }) => warning?.code === 'disk-full',
    );
    expect(recordings.state().phase).toBe('recording');
    free = STOP_BELOW_BYTES - 1;
    await eventually(
      () => kept,
      ([what]) => what?.why === 'disk-low',
    );
    expect(recordings.state()).toMatchObject({ phase: 'idle', error: { code: 'disk-full' } });
    for (const film of kept[0]?.films ?? []) whole(film);
    await expect(recordings.start()).rejects.toMatchObject({ code: 'disk-full' });
  });
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: full disks are mounted by root only (sudo npm test)');

describe.skipIf(!isRoot)('a disk that is full', () => {
  const mount = (size: string) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
    isMounted = true;
  };

  it('in the middle of a film: it is said at once, and everything before is a film', async () => {
    mount('64k');
    await writeFile(join(folder, 'holiday.bin'), new Uint8Array(36_864));
    await recordings.start();
    await eventually(
      () => kept,
      ([what]) => what?.why === 'failed' && what.error?.code === 'disk-full',
    );
    const [film] = kept[0]?.films ?? [];
    expect(film?.sizeBytes).toBeGreaterThan(10_000);
    if (film !== undefined) whole(film);
    expect((await readdir(folder)).sort()).toEqual([film?.fileName, 'holiday.bin']);
  });

  it('before the first picture leaves nothing', async () => {
    mount('64k');
    await writeFile(join(folder, 'holiday.bin'), new Uint8Array(65_536));
    await expect(recordings.start()).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(folder)).toEqual(['holiday.bin']);
  });

  it('in the middle of a flight log: lines are lost with a word, and it goes on when there is room', async () => {
    mount('16k');
    await writeFile(join(folder, 'holiday.bin'), new Uint8Array(8_192));
    const troubles: (string | null)[] = [];
    const path = join(folder, 'log');
    const log = new LogFile({
      path,
      headLine: 'head',
      lostLine: (lines) => `lost ${lines}`,
      onTrouble: (error) => troubles.push(error?.code ?? null),
    });
    let line = 0;
    const adding = setInterval(() => log.add(`${line++} ${'x'.repeat(100)}`), 20);
    await eventually(
      () => troubles,
      (all) => all.includes('disk-full'),
    );
    await rm(join(folder, 'holiday.bin'));
    await eventually(
      () => troubles.at(-1),
      (last) => last === null,
    );
    clearInterval(adding);
    await log.end();
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('head');
    const lost = lines.filter((text) => text.startsWith('lost '));
    expect(lost.length).toBeGreaterThan(0);
    const isWhole = (text: string) => /^(head|lost \d+|\d+ x{100})$/.test(text);
    // Where the disk was full a line may have been cut; none may stick to another.
    expect(
      lines.filter((text) => !isWhole(text)).every((text) => /^\d* ?x{0,99}$/.test(text)),
    ).toBe(true);
    expect(isWhole(lines.at(-1) ?? '')).toBe(true);
  });
});
