import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, findOpencvAddon } from '../../../../electron/sources/webcam/opencv-place.ts';

const record = {
  package: '@u4/opencv4nodejs',
  nodePath: process.execPath,
  abi: process.versions.modules,
  platform: process.platform,
  arch: process.arch,
};

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'hoverdeck-place-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

function put(folder: string, built: object, withAddon = true): string {
  const addon = join(
    cache,
    ...['opencv', folder, 'node_modules', '@u4', 'opencv4nodejs', 'build', 'Release'],
  );
  mkdirSync(addon, { recursive: true });
  writeFileSync(join(cache, 'opencv', folder, 'built.json'), JSON.stringify(built));
  if (withAddon) writeFileSync(join(addon, 'opencv4nodejs.node'), '');
  return join(addon, 'opencv4nodejs.node');
}

const find = () => findOpencvAddon({ HOVERDECK_CACHE: cache });

describe('findOpencvAddon', () => {
  test('nothing installed', () => {
    expect(find()).toBeNull();
  });

  test('one for this Node runs on this Node', () => {
    const addonPath = put('abi1', record);
    expect(find()).toEqual({ addonPath, nodePath: undefined });
  });

  test('one for another ABI runs on the Node that built it', () => {
    const addonPath = put('abi1', { ...record, abi: '1' });
    expect(find()).toEqual({ addonPath, nodePath: process.execPath });
  });

  test('the one that fits goes first', () => {
    put('abi1', { ...record, abi: '1' });
    const addonPath = put('abi2', record);
    expect(find()?.addonPath).toBe(addonPath);
  });

  test.each([
    ['its Node is gone', { ...record, abi: '1', nodePath: '/nonexistent/node' }, true],
    ['it is for another system', { ...record, platform: 'amiga' }, true],
    ['its addon was deleted', record, false],
    ['its record makes no sense', { package: '../../etc' }, true],
  ])('as good as not installed: %s', (_name, built, withAddon) => {
    put('abi1', built, withAddon);
    expect(find()).toBeNull();
  });

  test('a half-built one is not taken', () => {
    put('abi1.building', record);
    expect(find()).toBeNull();
  });
});

test('the cache is where the install script puts it', async () => {
  const places: unknown = await import('../../../../build/opencv/places.mjs' as string);
  const { cacheFolder: installFolder } = places as { cacheFolder: typeof cacheFolder };
  for (const env of [{ HOVERDECK_CACHE: '/x' }, { XDG_CACHE_HOME: '/y' }, {}]) {
    expect(cacheFolder(env)).toBe(installFolder(env));
  }
});
