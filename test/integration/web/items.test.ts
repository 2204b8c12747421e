import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../../electron/base/log.ts';
import { startShareServer } from '../../../electron/web/server.ts';
import { itemFilePath, itemThumbnailPath } from '../../../shared/library.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { writeJpeg } from '../../support/jpeg-writer.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

assertNoLeaks();

let station: TestStation;
let url: string;
let stop: () => Promise<void>;
let id: string;
const FILM = Uint8Array.from({ length: 1_000 }, (_, index) => index % 251);

beforeEach(async () => {
  station = await startTestStation();
  const folder = join(station.folder, 'films');
  const page = join(station.folder, 'page');
  await mkdir(folder);
  await mkdir(page);
  await writeFile(join(page, 'index.html'), '');
  await writeFile(join(folder, 'Été 📷 "x".mp4'), FILM);
  await writeFile(join(folder, 'photo.jpg'), writeJpeg());
  await station.ask('settings.set', { photoFolder: folder });
  const server = await startShareServer({
    station: station.station,
    port: 0,
    rendererFolder: page,
    log: createLog(() => undefined),
  });
  url = server.url;
  stop = () => server.dispose();
  id = await idOf('film');
});
afterEach(async () => {
  await stop();
  await station.close();
});

async function idOf(kind: 'film' | 'photo'): Promise<string> {
  const { items } = await station.ask('library.list', { kinds: [kind] });
  return items[0]?.id ?? '';
}
const get = (path: string, range?: string) =>
  fetch(`${url}${path}`, range === undefined ? {} : { headers: { range } });
const bytes = async (reply: Response) => new Uint8Array(await reply.arrayBuffer());

it('a film is served whole and in parts, as players ask for it', async () => {
  const whole = await get(itemFilePath(id));
  expect(whole.status).toBe(200);
  expect(whole.headers.get('content-type')).toBe('video/mp4');
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(await bytes(whole)).toEqual(FILM);
  const part = await get(itemFilePath(id), 'bytes=100-199');
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/1000']);
  expect(await bytes(part)).toEqual(FILM.slice(100, 200));
  const end = await get(itemFilePath(id), 'bytes=-10');
  expect(await bytes(end)).toEqual(FILM.slice(990));
  const beyond = await get(itemFilePath(id), 'bytes=1000-');
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
});

it('keeps its name when it is downloaded', async () => {
  const reply = await get(`${itemFilePath(id)}?download`);
  const header = reply.headers.get('content-disposition') ?? '';
  expect(header).toMatch(/^attachment;/);
  expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe('Été 📷 "x".mp4');
});

it('a photo has a small picture, and what is no picture has none', async () => {
  const photo = await get(itemThumbnailPath(await idOf('photo')));
  expect(decodeJpeg(await bytes(photo)).width).toBe(320);
  expect((await get(itemThumbnailPath(id))).status).toBe(404);
});

it('nothing else is served', async () => {
  for (const path of ['..%2f..%2fetc%2fpasswd', 'x'.repeat(22), 'settings.json', '%00']) {
    expect((await get(itemFilePath(path))).status, path).toBe(404);
  }
});
