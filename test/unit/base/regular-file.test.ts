import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRegularFile } from '../../../electron/base/regular-file.ts';

const LIMITS = { maxBytes: 1_000, deadlineMs: 5_000 };

describe('regular files only:', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoverdeck-file-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('a file is read whole, up to its bound', async () => {
    const path = join(folder, 'file');
    for (const size of [0, 1, LIMITS.maxBytes]) {
      await writeFile(path, 'x'.repeat(size));
      expect((await readRegularFile(path, LIMITS)).toString()).toBe('x'.repeat(size));
    }
    await writeFile(path, 'x'.repeat(LIMITS.maxBytes + 1));
    await expect(readRegularFile(path, LIMITS)).rejects.toThrow('longer than 1000 bytes');
  });

  it.skipIf(process.platform === 'win32')('a link to one counts as one', async () => {
    await writeFile(join(folder, 'file'), 'text');
    await symlink(join(folder, 'file'), join(folder, 'link'));
    expect((await readRegularFile(join(folder, 'link'), LIMITS)).toString()).toBe('text');
  });

  it('a folder, a FIFO and a device are refused at once', async () => {
    await mkdir(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    await symlink(join(folder, 'fifo'), join(folder, 'link'));
    for (const path of [...['folder', 'fifo', 'link'].map((n) => join(folder, n)), '/dev/zero']) {
      await expect(readRegularFile(path, LIMITS), path).rejects.toThrow('not a regular file');
    }
  });

  it('a missing one is missed by the system’s code', async () => {
    const missing = readRegularFile(join(folder, 'none'), LIMITS);
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
