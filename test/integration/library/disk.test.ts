import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childrenRunning } from '../../support/children-of.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

let station: TestStation;
let folder: string;

assertNoLeaks();

beforeEach(async () => {
  station = await startTestStation();
  folder = join(station.folder, 'stick');
  await mkdir(folder);
  await station.ask('settings.set', { photoFolder: folder });
  await station.ask('source.connect', { source: { kind: 'simulator' } });
  await eventually(
    () => station.ask('status.get', {}),
    (status) => status.state === 'live',
  );
});
afterEach(() => station.close());

/** After a failed photo: nothing half on disk, and the stream goes on. */
async function nothingLostBut(code: string): Promise<void> {
  const result = await station.request('capture.take', {});
  expect(result).toMatchObject({ ok: false, error: { code, tip: expect.stringMatching(/\S/) } });
  expect(await station.ask('capture.list', {})).toEqual([]);
  const before = (await station.ask('status.get', {})).video?.framesReceived ?? 0;
  await eventually(
    () => station.ask('status.get', {}),
    (status) => status.state === 'live' && (status.video?.framesReceived ?? 0) > before + 5,
  );
}

describe('a photo', () => {
  it('into a folder that is gone is refused, and the folder is not made again', async () => {
    await rm(folder, { recursive: true });
    await nothingLostBut('folder-missing');
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('into something that is no folder is refused', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file');
    await nothingLostBut('folder-missing');
  });

  it('goes into the folder chosen meanwhile', async () => {
    await station.ask('settings.set', { photoFolder: null });
    const capture = await station.ask('capture.take', {});
    expect(capture.path).toBe(join(station.folder, 'pictures', 'Hoverdeck', capture.fileName));
  });
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
if (!isRoot)
  console.warn('SKIPPED: full and read-only disks are mounted by root only (sudo npm test)');

describe.skipIf(!isRoot)('a photo, on a disk of its own', () => {
  const mount = (options: string) =>
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  afterEach(() => {
    execFileSync('umount', [folder]);
  });

  it('that is full leaves no half file', async () => {
    mount('size=64k');
    await writeFile(join(folder, 'holiday.bin'), new Uint8Array(40_000));
    await nothingLostBut('disk-full');
    expect(await readdir(folder)).toEqual(['holiday.bin']);
  });

  it('that is read-only is refused, and works once it is writable', async () => {
    mount('ro');
    await nothingLostBut('folder-read-only');
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    const { id } = await station.ask('capture.take', {});
    const thumbnail = station.station.thumbnail(id);
    expect(thumbnail && decodeJpeg(thumbnail).width).toBe(320);
  });
});

describe('the media process', () => {
  it('that is killed costs one photo at most', async () => {
    const [pid] = childrenRunning('media');
    await station.ask('settings.set', { photoFolder: null });
    process.kill(pid ?? 0, 'SIGKILL');
    await station.request('capture.take', {});
    await eventually(
      () => station.request('capture.take', {}),
      (result) => result.ok,
    );
  });
});
