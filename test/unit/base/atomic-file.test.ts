import * as nodeFiles from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from '../../../electron/base/atomic-file.ts';
import { createLog, type Log } from '../../../electron/base/log.ts';
import { eventually } from '../../support/eventually.ts';

let folder: string;
let log: Log;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoverdeck-atomic-'));
  log = createLog(() => undefined);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file system whose `fsync` answers this: of files, or of folders only. */
function syncing(code: string, of: 'files' | 'folders'): typeof nodeFiles {
  return {
    ...nodeFiles,
    async open(path, flags, mode) {
      const handle = await nodeFiles.open(path, flags, mode);
      if ((flags === 'r') === (of === 'folders')) {
        handle.sync = () => Promise.reject(Object.assign(new Error(code), { code }));
      }
      return handle;
    },
  };
}

describe('durability taken for success:', () => {
  it.each(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS'])(
    'a disk that answers %s to fsync keeps the file all the same, and that is said once',
    async (code) => {
      const path = join(folder, 'photo.jpg');
      for (const text of ['one', 'two']) {
        await writeFileAtomically(path, text, log, syncing(code, 'files'));
        expect(await readFile(path, 'utf8')).toBe(text);
      }
      expect(await readdir(folder)).toEqual(['photo.jpg']);
      expect(log.lines()).toEqual([expect.stringContaining(`cannot promise to keep files`)]);
      expect(log.lines()[0]).toContain(code);
    },
  );

  it.each(['EIO', 'EINVAL', 'EACCES'])(
    'a folder that answers %s to fsync has the file already',
    async (code) => {
      const path = join(folder, 'photo.jpg');
      await writeFileAtomically(path, 'text', log, syncing(code, 'folders'));
      expect(await readFile(path, 'utf8')).toBe('text');
      expect(log.lines()).toHaveLength(1);
    },
  );

  it.each(['EIO', 'ENOSPC', 'EDQUOT'])(
    'a disk that answers %s to fsync has failed',
    async (code) => {
      const path = join(folder, 'photo.jpg');
      await writeFile(path, 'before');
      const writing = writeFileAtomically(path, 'text', log, syncing(code, 'files'));
      await expect(writing).rejects.toMatchObject({ code });
      expect(await readFile(path, 'utf8')).toBe('before');
      expect(await readdir(folder)).toEqual(['photo.jpg']);
    },
  );
});

describe('what a killed writer left behind', () => {
  it('goes with the next write, and nothing else does', async () => {
    const old = new Date(Date.now() - 3_600_000);
    for (const name of ['.hoverdeck-left.part', '.hoverdeck-fresh.part', '.other.part', 'a.part']) {
      await writeFile(join(folder, name), '');
      if (name !== '.hoverdeck-fresh.part') await utimes(join(folder, name), old, old);
    }
    await writeFileAtomically(join(folder, 'photo.jpg'), 'text', log);
    const names = await eventually(
      () => readdir(folder),
      (found) => !found.includes('.hoverdeck-left.part'),
    );
    expect(names.sort()).toEqual(['.hoverdeck-fresh.part', '.other.part', 'a.part', 'photo.jpg']);
  });
});

it('a name as long as the disk allows can be written', async () => {
  const path = join(folder, 'x'.repeat(255));
  await writeFileAtomically(path, 'text', log);
  expect(await readFile(path, 'utf8')).toBe('text');
});
