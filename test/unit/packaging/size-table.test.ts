import { expect, test } from 'vitest';
import { renderSizes, shareOut } from '../../../build/packaging/check/size-table.ts';

test('a bundle is shared out among its packages, to the last byte', () => {
  const rows = shareOut(
    { path: 'out/electron/main.js', bytes: 1_000, compressedBytes: 400 },
    { fastify: 60, hoverdeck: 20 },
  );
  expect(rows).toEqual([
    { owner: 'fastify', bytes: 750, compressedBytes: 300 },
    { owner: 'hoverdeck', bytes: 250, compressedBytes: 100 },
  ]);
});

test('any other file belongs to whom its folder says', () => {
  const owner = (path: string) =>
    shareOut({ path, bytes: 1, compressedBytes: 1 }, undefined)[0]?.owner;
  expect(owner('native/node-av.node')).toBe('node-av (FFmpeg)');
  expect(owner('out/renderer/index.html')).toBe('page (React and its packages)');
  expect(owner('LICENSE')).toBe('licences');
  expect(owner('package.json')).toBe('hoverdeck');
});

test('the table adds up owners, heaviest first, and keeps the small ones together', () => {
  const mega = 1_000_000;
  const table = renderSizes(
    [
      { owner: 'zod', bytes: mega, compressedBytes: mega },
      { owner: 'fastify', bytes: 3 * mega, compressedBytes: 2 * mega },
      { owner: 'zod', bytes: mega, compressedBytes: 2 * mega },
      { owner: 'tiny', bytes: 9_000, compressedBytes: 9_000 },
      { owner: 'small', bytes: 9_000, compressedBytes: 9_000 },
    ],
    6 * mega,
  );
  const lines = table.split('\n').map((line) => line.trim().split(/\s{2,}/));
  expect(lines).toEqual([
    ['beyond Electron', 'unpacked', 'compressed'],
    ['zod', '2.00 MB', '3.00 MB'],
    ['fastify', '3.00 MB', '2.00 MB'],
    ['2 smaller packages', '0.02 MB', '0.02 MB'],
    ['the archive itself', '5.02 MB', '6.00 MB'],
  ]);
});
