import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kept } from '../../../shared/recording.ts';
import { childrenRunning } from '../../support/children-of.ts';
import { eventually } from '../../support/eventually.ts';
import { decodeFilm, probeFilm } from '../../support/film.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

assertNoLeaks();

let station: TestStation;
let kept: Kept[];
let folder: string;

async function start(...simulatorArgs: string[]): Promise<void> {
  station = await startTestStation(simulatorArgs);
  folder = join(station.folder, 'films');
  await mkdir(folder);
  await station.ask('settings.set', { photoFolder: folder });
  kept = [];
  station.station.on('kept', (what) => kept.push(what));
  await connect({ kind: 'simulator' });
}
afterEach(async () => {
  vi.useRealTimers();
  await station.close();
});

async function connect(source: { kind: 'simulator' } | { kind: 'webcam'; device: 'test' }) {
  await station.ask('source.connect', { source });
  await live();
}
const live = () =>
  eventually(
    () => station.ask('status.get', {}),
    (status) => status.state === 'live',
  );
const state = () => station.ask('record.state', {});
const recorded = (ms: number) => eventually(state, ({ durationMs }) => durationMs >= ms);

/** Every picture of every film can be decoded; returns their times. */
function timesOf({ films }: Kept): number[][] {
  return films.map(({ path }) => {
    const { times } = probeFilm(path);
    expect(decodeFilm(path)).toHaveLength(times.length);
    return times;
  });
}
const gaps = (times: readonly number[]) => times.slice(1).map((time, i) => time - (times[i] ?? 0));

describe('what happens to the source', () => {
  it('loss and reorder: every picture of the film decodes', async () => {
    await start('--loss', '0.02', '--reorder', '0.01');
    await station.ask('record.start', {});
    await recorded(3_000);
    const [times] = timesOf(await station.ask('record.stop', {}));
    expect(times?.length).toBeGreaterThan(30);
  });

  it('a picture of another size begins a second film', async () => {
    await start('--resolution-change-after', '3');
    await station.ask('record.start', {});
    await eventually(state, ({ part }) => part === 2);
    await recorded(5_000);
    const what = await station.ask('record.stop', {});
    expect(what.films.map(({ path }) => probeFilm(path).width)).toEqual([960, 640]);
    expect(what.films[1]?.fileName).toBe(what.films[0]?.fileName.replace('.mp4', ' part 2.mp4'));
    timesOf(what);
  });

  it('a lost link is a gap in one film', async () => {
    await start('--silence-after', '3', '--silence-for', '4');
    await station.ask('record.start', {});
    await eventually(state, ({ phase }) => phase === 'waiting');
    await eventually(state, ({ phase }) => phase === 'recording', 25_000);
    await sleep(500);
    const [times, ...more] = timesOf(await station.ask('record.stop', {}));
    expect(more).toEqual([]);
    expect(Math.max(...gaps(times ?? []))).toBeGreaterThan(2);
  });

  it('connecting anew goes on in the same film; another source has one of its own', async () => {
    await start();
    await station.ask('record.start', {});
    await recorded(1_000);
    await connect({ kind: 'simulator' });
    await recorded(3_000);
    await connect({ kind: 'webcam', device: 'test' });
    await eventually(state, ({ sourceName, part }) => part === 2 && sourceName !== null);
    await sleep(500);
    const what = await station.ask('record.stop', {});
    expect(what.films.map(({ fileName }) => /\d{3} (.+)\.mp4/.exec(fileName)?.[1])).toEqual([
      'Simulated drone',
      'Test picture',
    ]);
    timesOf(what);
  });

  it('a clock that jumps changes nothing', async () => {
    await start();
    await station.ask('record.start', {});
    await recorded(1_000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 86_400_000 });
    await recorded(2_000);
    const [times] = timesOf(await station.ask('record.stop', {}));
    expect(Math.max(...gaps(times ?? []))).toBeLessThan(2);
    expect(Math.min(...gaps(times ?? []))).toBeGreaterThan(0);
  });
});

describe('what happens to the disk', () => {
  beforeEach(() => start());

  it('a film that is deleted while it grows is missed at once, and said', async () => {
    await station.ask('record.start', {});
    const { fileName } = await recorded(500);
    await rm(join(folder, fileName ?? ''));
    await eventually(
      () => kept,
      ([what]) => what?.why === 'failed' && what.error?.code === 'folder-missing',
    );
    expect(await state()).toMatchObject({ phase: 'idle', error: { code: 'folder-missing' } });
    await station.ask('record.start', {});
    await recorded(500);
    expect((await station.ask('record.stop', {})).error).toBeNull();
  });

  it('a folder that is gone, a file, or read-only is refused', async () => {
    const refused = async (code: string) =>
      expect(await station.request('record.start', {})).toMatchObject({ error: { code } });
    await rm(folder, { recursive: true });
    await refused('folder-missing');
    await writeFile(folder, '');
    await refused('folder-missing');
    expect(childrenRunning('recorder')).toEqual([]);
    expect(await state()).toMatchObject({ phase: 'idle' });
  });
});

describe('what happens to the recorder', () => {
  beforeEach(() => start());

  it('one that is killed is replaced, and its film is finished beside', async () => {
    await station.ask('record.start', {});
    await recorded(1_500);
    for (const pid of childrenRunning('recorder')) process.kill(pid, 'SIGKILL');
    await eventually(state, ({ part, phase }) => part === 2 && phase === 'recording');
    expect((await state()).warning).not.toBeNull();
    await recorded(3_000);
    const stopped = await station.ask('record.stop', {});
    const recovered = await eventually(
      () => kept.find(({ why }) => why === 'recovered'),
      (what) => what !== undefined,
    );
    expect(timesOf(stopped)).toHaveLength(1);
    expect(timesOf(recovered ?? stopped)).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.includes('.recording.'))).toEqual([]);
  });

  it('one that stands still drops pictures with a word, and stalls nobody', async () => {
    await station.ask('record.start', {});
    await recorded(500);
    const [pid = 0] = childrenRunning('recorder');
    process.kill(pid, 'SIGSTOP');
    const before = (await station.ask('status.get', {})).video?.framesReceived ?? 0;
    const slow = await eventually(state, ({ warning }) => warning !== null);
    expect(slow.warning?.message).toMatch(/slow/);
    await eventually(
      () => station.ask('status.get', {}),
      ({ state: now, video }) => now === 'live' && (video?.framesReceived ?? 0) > before + 30,
    );
    process.kill(pid, 'SIGCONT');
    await recorded(3_000);
    const what = await station.ask('record.stop', {});
    expect(what.error).toBeNull();
    timesOf(what);
  });
});

it('two Hoverdecks on one folder leave each other’s films alone', async () => {
  await start();
  await station.ask('record.start', {});
  await recorded(500);
  const other = await startTestStation();
  try {
    await other.ask('settings.set', { photoFolder: folder });
    await other.ask('source.connect', { source: { kind: 'simulator' } });
    await eventually(
      () => other.ask('status.get', {}),
      (status) => status.state === 'live',
    );
    await other.ask('record.start', {});
    // Longer than a leftover is waited for.
    await recorded(8_000);
    const [mine, theirs] = await Promise.all([
      station.ask('record.stop', {}),
      other.ask('record.stop', {}),
    ]);
    expect(mine.error).toBeNull();
    expect(theirs.error).toBeNull();
    timesOf(mine);
    timesOf(theirs);
    expect((await readdir(folder)).filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
  } finally {
    await other.close();
  }
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot) console.warn('SKIPPED: read-only disks are mounted by root only (sudo npm test)');

describe.skipIf(!isRoot)('a disk that is read-only', () => {
  it('refuses a recording', async () => {
    await start();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1g,ro', 'tmpfs', folder]);
    try {
      expect(await station.request('record.start', {})).toMatchObject({
        error: { code: 'folder-read-only' },
      });
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});
