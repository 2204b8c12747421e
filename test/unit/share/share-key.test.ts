import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/base/log.ts';
import { ShareKey } from '../../../electron/share/share-key.ts';

describe('the key', () => {
  let folder: string;
  const said: string[] = [];
  const log = createLog((line) => said.push(line));
  const path = () => join(folder, 'not-there-yet', 'share-key');
  beforeEach(async () => {
    said.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'hoverdeck-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, however many ask at once, and opens its door alone', async () => {
    const key = new ShareKey(path(), log);
    expect(key.fits('')).toBe(false);
    const [one, two] = await Promise.all([key.get(), key.get()]);
    expect(one).toMatch(/^[\w-]{32}$/);
    expect(two).toBe(one);
    expect(key.fits(one)).toBe(true);
    expect(key.fits(`${one}x`)).toBe(false);
    expect(key.fits('')).toBe(false);
    expect(await new ShareKey(path(), log).get()).toBe(one);
  });

  it('is for one user’s eyes, also where a left-over file was open to all', async () => {
    const key = new ShareKey(path(), log);
    await key.get();
    await writeFile(`${path()}.new`, 'left over', { mode: 0o666 });
    const renewed = await key.renew();
    expect(await readFile(path(), 'utf8')).toBe(renewed);
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect(said).toEqual([]);
  });

  it('is made anew where the file holds something else', async () => {
    await new ShareKey(path(), log).get();
    await writeFile(path(), 'short');
    const key = await new ShareKey(path(), log).get();
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(await readFile(path(), 'utf8')).toBe(key);
  });
});
