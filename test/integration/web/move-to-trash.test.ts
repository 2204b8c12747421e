import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveToTrash } from '../../../electron/web/move-to-trash.ts';

let home: string;
let former: { HOME: string | undefined; XDG_DATA_HOME: string | undefined };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hoverdeck-trash-'));
  former = { HOME: process.env.HOME, XDG_DATA_HOME: process.env.XDG_DATA_HOME };
  process.env.HOME = home;
  process.env.XDG_DATA_HOME = join(home, 'data');
});
afterEach(async () => {
  for (const [name, value] of Object.entries(former)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await rm(home, { recursive: true, force: true });
});

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('SKIPPED: only the trash of Linux is a folder that can be looked into');

it.runIf(isLinux)('a file goes to the trash and comes back, whatever its name', async () => {
  const path = join(home, 'a[1]* {b}.jpg');
  await writeFile(path, 'x');
  const back = await moveToTrash(path);
  expect(await readdir(home)).toEqual(['data']);
  expect(await readdir(join(home, 'data', 'Trash', 'files'))).toHaveLength(1);
  await back?.();
  expect(await readFile(path, 'utf8')).toBe('x');
  expect(await readdir(join(home, 'data', 'Trash', 'info'))).toEqual([]);
});

it.runIf(isLinux)('it does not come back over another file', async () => {
  const path = join(home, 'a.jpg');
  await writeFile(path, 'old');
  const back = await moveToTrash(path);
  await writeFile(path, 'new');
  await expect(back?.()).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('one that is not there is an error', async () => {
  await expect(moveToTrash(join(home, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});
