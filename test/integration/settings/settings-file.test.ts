import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWN_CALLER } from '../../../electron/base/caller.ts';
import { createLog, type Log } from '../../../electron/base/log.ts';
import { settingsHandlers } from '../../../electron/settings/handlers.ts';
import { checkPhotoFolder } from '../../../electron/settings/photo-folder.ts';
import { SettingsFile } from '../../../electron/settings/settings-file.ts';

let folder: string;
let path: string;
let log: Log;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoverdeck-settings-'));
  path = join(folder, 'settings.json');
  log = createLog(() => undefined);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(): Promise<SettingsFile> {
  const file = new SettingsFile(path, log);
  await file.load();
  return file;
}

describe('all or nothing: a settings file', () => {
  it('with an unknown value is used as far as it goes, kept beside, and said in one line', async () => {
    const before = JSON.stringify({ reader: 'gstreamer', theme: 'dark' });
    await writeFile(path, before);
    const file = await load();
    expect(file.get()).toMatchObject({ theme: 'dark', reader: 'auto' });
    file.change({ mirror: true });
    await file.saved();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ theme: 'dark', mirror: true });
    expect(await readFile(`${path}.unread`, 'utf8')).toBe(before);
    expect(log.lines()).toHaveLength(1);
    expect(log.lines()[0]).toMatch(/make no sense.*reader\. The file as it was is kept as/);
  });

  it('of another version loses nothing when it is written again', async () => {
    await writeFile(path, JSON.stringify({ hologram: true, theme: 'dark' }));
    const file = await load();
    file.change({ theme: 'light' });
    await file.saved();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({
      hologram: true,
      theme: 'light',
    });
    expect(await readdir(folder)).toEqual(['settings.json']);
  });
});

describe('success that was none: a change of the settings', () => {
  it('that cannot be written says so, holds until the end, and the next one is tried again', async () => {
    await rm(folder, { recursive: true });
    // A file where the folder should be: not even root can write below it.
    await writeFile(folder, '');
    const file = await load();
    const set = settingsHandlers(file)['settings.set'];
    await expect(set({ theme: 'dark' }, OWN_CALLER)).rejects.toMatchObject({
      code: 'write-failed',
      tip: expect.stringContaining('until Hoverdeck is closed'),
    });
    expect(file.get().theme).toBe('dark');
    await rm(folder);
    await mkdir(folder);
    await expect(set({ theme: 'light' }, OWN_CALLER)).resolves.toMatchObject({ theme: 'light' });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ theme: 'light' });
  });
});

describe('a rule only in the form: the photo folder', () => {
  it.each([
    ['', 'bad-request'],
    ['.', 'bad-request'],
    ['photos', 'bad-request'],
    ['~/photos', 'bad-request'],
    ['/proc/version/photos', 'folder-missing'],
    ['/no/such/disk/photos', 'folder-missing'],
    // Root may write there by its permissions, and still nobody can.
    ['/proc', 'folder-read-only'],
    ['/tmp/photos\0', 'bad-request'],
    [`/tmp/${'x'.repeat(300)}`, 'bad-request'],
  ])('%j is refused as %s, on every way in, and nothing changes', async (photoFolder, code) => {
    const file = await load();
    const set = settingsHandlers(file)['settings.set'];
    await expect(set({ photoFolder }, OWN_CALLER)).rejects.toMatchObject({ code });
    expect(file.get().photoFolder).toBeNull();
  });

  it('that is a file is refused, one that is there is taken, one whose parent is there is made', async () => {
    await writeFile(path, '');
    await expect(checkPhotoFolder(path)).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(checkPhotoFolder(folder)).resolves.toBeUndefined();
    await expect(checkPhotoFolder(join(folder, 'new'))).resolves.toBeUndefined();
    expect((await readdir(folder)).sort()).toEqual(['new', 'settings.json']);
  });
});

describe('manners: a settings file', () => {
  it('that is a FIFO does not hold the start', async () => {
    execFileSync('mkfifo', [path]);
    const file = await load();
    expect(file.get().theme).toBe('system');
    expect(log.lines()[0]).toContain('is not a regular file');
  });

  it('that never ends is not read to its end', async () => {
    await symlink('/dev/zero', path);
    expect((await load()).get().theme).toBe('system');
    await rm(path);
    await writeFile(path, `{"theme":"dark","x":"${'x'.repeat(300_000)}"}`);
    expect((await load()).get().theme).toBe('system');
  });
});
