import { execFileSync } from 'node:child_process';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../../shared/library.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { encodeFilm } from '../../support/encode-film.ts';
import { eventually } from '../../support/eventually.ts';
import { writeJpeg } from '../../support/jpeg-writer.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

assertNoLeaks();

let station: TestStation;
let folder: string;

beforeEach(async () => {
  station = await startTestStation();
  folder = join(station.folder, 'films');
  await mkdir(folder);
  await station.ask('settings.set', { photoFolder: folder });
});
afterEach(() => station.close());

const list = (part: Partial<{ limit: number; after: string }> = {}) =>
  station.ask('library.list', part);
const names = ({ items }: Page) => items.map(({ fileName }) => fileName);
const idOf = async (fileName: string) => {
  const found = (await list({ limit: 200 })).items.find((item) => item.fileName === fileName);
  if (found === undefined) throw new Error(`${fileName} is not listed`);
  return found.id;
};
async function put(name: string, content: Uint8Array | string = 'x', minutes = 0): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, content);
  const at = new Date(Date.UTC(2026, 0, 1, 12, minutes));
  await utimes(path, at, at);
}

describe('the list', () => {
  it('goes from the newest to the oldest, page by page, and holds when something comes in between', async () => {
    for (let i = 0; i < 25; i++) await put(`${String(i).padStart(2, '0')}.jpg`, 'x', i);
    const first = await list({ limit: 10 });
    expect(names(first)).toEqual(Array.from({ length: 10 }, (_, i) => `${24 - i}.jpg`));
    expect(first.counts).toEqual({ photo: 25, film: 0, flight: 0 });
    await put('newer.jpg', 'x', 59);
    await rm(join(folder, '15.jpg'));
    const second = await list({ limit: 100, after: first.next ?? '' });
    expect(names(second)[0]).toBe('14.jpg');
    expect(second.items).toHaveLength(15);
    expect(second.next).toBeNull();
  });

  it('follows what other programs do', async () => {
    const revisions: number[] = [];
    station.station.on('library', ({ revision }) => revisions.push(revision));
    expect(names(await list())).toEqual([]);
    await put('came.jpg');
    await eventually(list, (page) => names(page).includes('came.jpg'));
    await rename(join(folder, 'came.jpg'), join(folder, 'renamed.jpg'));
    await eventually(list, (page) => names(page).join() === 'renamed.jpg');
    await rm(join(folder, 'renamed.jpg'));
    await eventually(list, (page) => page.items.length === 0);
    expect(revisions.length).toBeGreaterThanOrEqual(2);
  });

  it('finds a folder that was taken away and comes back, and says so in between', async () => {
    await put('a.jpg');
    expect(names(await list())).toEqual(['a.jpg']);
    await rename(folder, `${folder}-away`);
    expect(await station.request('library.list', {})).toMatchObject({
      error: { code: 'folder-missing' },
    });
    await writeFile(folder, 'a file now');
    expect(await station.request('library.list', {})).toMatchObject({
      error: { code: 'folder-missing' },
    });
    await rm(folder);
    await rename(`${folder}-away`, folder);
    expect(names(await list())).toEqual(['a.jpg']);
  });

  it('shows files and nothing else: no links, which may lead anywhere, no folders, no pipes', async () => {
    await writeFile(join(station.folder, 'secret.jpg'), 'secret');
    await symlink(join(station.folder, 'secret.jpg'), join(folder, 'link.jpg'));
    await mkdir(join(folder, 'folder.jpg'));
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    await put('a.jpg');
    expect(names(await list())).toEqual(['a.jpg']);
  });

  it('a file that became a link is not followed', async () => {
    await put('a.jpg');
    const id = await idOf('a.jpg');
    await writeFile(join(station.folder, 'secret.jpg'), 'secret');
    await rm(join(folder, 'a.jpg'));
    await symlink(join(station.folder, 'secret.jpg'), join(folder, 'a.jpg'));
    await expect(station.station.openItem(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('survives any name', async () => {
    const odd = ['a\nb.jpg', '📷 été.jpg', `${'x'.repeat(240)}.jpg`, '%2e%2e.jpg', '"quoted".jpg'];
    for (const name of odd) await put(name);
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff, 0xfe), Buffer.from('.jpg')]),
      'x',
    );
    const page = await list();
    expect(names(page).sort()).toEqual(odd.sort());
    for (const item of page.items) {
      expect((await station.station.openItem(item.id)).fileName).toBe(item.fileName);
    }
  });

  it('a thousand files that come at once are one change or few', async () => {
    await list();
    let told = 0;
    station.station.on('library', () => {
      told++;
    });
    for (let i = 0; i < 1_000; i++) await writeFile(join(folder, `${i}.jpg`), 'x');
    await eventually(list, (page) => page.counts.photo === 1_000);
    expect(told).toBeLessThan(50);
  });
});

describe('a small picture', () => {
  it('is made of photos and films, once', async () => {
    await put('photo.jpg', writeJpeg({ width: 640, height: 480 }));
    await put('film.mp4', await film());
    for (const name of ['photo.jpg', 'film.mp4']) {
      const jpeg = await station.station.itemThumbnail(await idOf(name));
      expect(decodeJpeg(jpeg).width).toBe(320);
    }
    const kept = await eventually(
      () => readdir(join(station.folder, 'data', 'thumbnails')),
      (files) => files.length === 2,
    );
    expect(kept.every((name) => /^[0-9a-f]{64}\.jpg$/.test(name))).toBe(true);
  });

  it.each([
    ['empty.jpg', ''],
    ['text.jpg', 'not a picture'],
    ['list.mp4', 'ffconcat version 1.0\nfile /etc/passwd\n'],
    ['playlist.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n'],
    ['half.png', Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff', 'hex')],
  ])('of %s there is none, and photos go on', async (name, content) => {
    await put(name, content);
    const id = await idOf(name);
    const refused = { code: 'not-found' };
    await expect(station.station.itemThumbnail(id)).rejects.toMatchObject(refused);
    await expect(station.station.itemThumbnail(id)).rejects.toMatchObject(refused);
  });

  it('of a file of many gigabytes costs no more than of a small one', async () => {
    await put('huge.jpg');
    await truncate(join(folder, 'huge.jpg'), 20e9);
    await put('huge.mp4', await film());
    await truncate(join(folder, 'huge.mp4'), 20e9);
    await expect(station.station.itemThumbnail(await idOf('huge.jpg'))).rejects.toMatchObject({
      code: 'not-found',
    });
    await station.station.itemThumbnail(await idOf('huge.mp4'));
  });
});

async function film(): Promise<Buffer> {
  const units = await encodeFilm(320, 240, 5);
  const raw = join(station.folder, 'film.h264');
  const path = join(station.folder, 'film.mp4');
  await writeFile(raw, Buffer.concat(units));
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'h264', '-i', raw, '-c', 'copy', path]);
  return await readFile(path);
}

describe('renaming', () => {
  it('keeps the ending, and takes what belongs to the file along', async () => {
    await put('a.mp4');
    await put('a.srt');
    const item = await station.ask('library.rename', { id: await idOf('a.mp4'), name: 'Flug' });
    expect(item.fileName).toBe('Flug.mp4');
    expect((await readdir(folder)).sort()).toEqual(['Flug.mp4', 'Flug.srt']);
    expect(names(await list())).toEqual(['Flug.mp4']);
  });

  it('never goes over another file, nor out of the folder', async () => {
    await put('a.jpg', 'one');
    await put('b.jpg', 'two');
    const id = await idOf('a.jpg');
    for (const name of ['b', '../a', 'x/y', 'NUL', '']) {
      expect(await station.request('library.rename', { id, name })).toMatchObject({
        error: { code: 'bad-request' },
      });
    }
    expect(await readFile(join(folder, 'b.jpg'), 'utf8')).toBe('two');
    expect((await readdir(folder)).sort()).toEqual(['a.jpg', 'b.jpg']);
  });

  it('of a file that is gone says so', async () => {
    await put('a.jpg');
    const id = await idOf('a.jpg');
    await rm(join(folder, 'a.jpg'));
    expect(await station.request('library.rename', { id, name: 'b' })).toMatchObject({
      error: { code: 'not-found' },
    });
  });
});

describe('throwing away', () => {
  it('without a trash throws nothing away', async () => {
    await put('a.jpg');
    expect(await station.request('library.trash', { ids: [await idOf('a.jpg')] })).toMatchObject({
      error: { code: 'unsupported' },
    });
    expect(await readdir(folder)).toEqual(['a.jpg']);
  });
});
