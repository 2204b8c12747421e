import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binaryKind } from './binary-kind.ts';
import { listArchive, readChecked, unpackArchive } from './checked.ts';
import { readFuseWire } from './fuse-wire.ts';
import { unresolvedImports } from './imports.ts';

/** Optional accelerators `ws` asks for inside a `try`; it does without. */
const KNOWN_ABSENT = new Set(['bufferutil', 'utf-8-validate']);

/** Everything that may be in the archive. What is not named here was put in by mistake. */
const ALLOWED = [
  /^package\.json$/,
  /^LICENSE$/,
  /^THIRD-PARTY-NOTICES\.txt$/,
  /^native\/node-av\.node$/,
  /^out\/electron\/package\.json$/,
  /^out\/electron\/(main|media|recorder|simulator|transcoder|webcam-reader)(-[\w.-]+)?\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/(index\.html|favicon\.svg)(\.br)?$/,
  // The compressed copies are for browsers that this app serves.
  /^out\/renderer\/assets\/[\w-]+\.(js|css|woff2|svg|png)(\.br)?$/,
];

const checked = readChecked();
const unpacked = unpackArchive();
const files = listArchive(unpacked.asarFile);
const read = (path: string) => readFileSync(join(unpacked.app, path));

describe('the archive', () => {
  test('holds the app and nothing else: no sources, tests, maps or packages', () => {
    const strangers = files.filter(({ path }) => !ALLOWED.some((rule) => rule.test(path)));
    expect(strangers).toEqual([]);
  });

  test('holds every part of the app', () => {
    const paths = files.map(({ path }) => path);
    expect(ALLOWED.filter((rule) => !paths.some((path) => rule.test(path)))).toEqual([]);
  });

  test('has everything that its bundles import', () => {
    const paths = new Set(files.map(({ path }) => path));
    const bundles = files.filter(({ path }) => /^out\/(electron|preload)\/.*\.c?js$/.test(path));
    const unresolved = bundles.flatMap(({ path }) =>
      unresolvedImports(read(path).toString('utf8'), path, paths, KNOWN_ABSENT).map(
        ({ specifier, line }) => `${path}:${line} imports ${specifier}`,
      ),
    );
    expect(bundles.length).toBeGreaterThanOrEqual(5);
    expect(unresolved).toEqual([]);
  });

  test('has every asset that the page names', () => {
    const html = read('out/renderer/index.html').toString('utf8');
    const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);
    const paths = files.map(({ path }) => path);
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !paths.includes(`out/renderer/${path}`))).toEqual([]);
  });

  test('carries for each file the checksum that Electron compares', () => {
    const wrong = files
      .filter(({ unpacked: outside }) => !outside)
      .filter(({ path, sha256 }) => sha256 !== digest(read(path)));
    expect(wrong).toEqual([]);
  });

  test('tells nothing of the machine it was packed on', () => {
    const telltale = files
      .filter(({ path }) => path !== 'native/node-av.node')
      .filter(({ path }) => read(path).includes(checked.root));
    expect(telltale).toEqual([]);
  });

  test('names the app, its version and its licence, and no dependency', () => {
    const { name, version, license, main, desktopName, dependencies, devDependencies } = JSON.parse(
      read('package.json').toString('utf8'),
    );
    expect({ name, version, license, main, desktopName }).toEqual({
      name: 'hoverdeck',
      version: checked.version,
      license: 'GPL-3.0-or-later',
      main: 'out/electron/main.js',
      desktopName: 'org.hoverdeck.Hoverdeck.desktop',
    });
    expect({ dependencies, devDependencies }).toEqual({});
  });

  test('carries the licence, and the notices of what it contains', () => {
    expect(read('LICENSE').toString('utf8')).toContain('GNU GENERAL PUBLIC LICENSE');
    const notices = read('THIRD-PARTY-NOTICES.txt').toString('utf8');
    for (const name of ['fastify', 'zod', 'react', 'ws', 'node-av', 'radix-ui']) {
      expect(notices).toMatch(new RegExp(`${name}[^\\n]* \\d+\\.\\d+`));
    }
  });
});

describe('outside the archive', () => {
  test('lie the library and the reader that other programs must be able to open, no more', () => {
    const outside = files
      .filter((file) => file.unpacked)
      .map(({ path }) => path)
      .sort();
    expect(outside.filter((path) => !path.startsWith('out/electron/webcam-reader'))).toEqual([
      'native/node-av.node',
      'out/electron/package.json',
    ]);
    expect(outside).toContain('out/electron/webcam-reader.js');
    const unpackedFolder = join(unpacked.folder, 'resources', 'app.asar.unpacked');
    for (const path of outside)
      expect(statSync(join(unpackedFolder, path)).size).toBeGreaterThan(0);
  });

  test('is node-av’s binary for this system, and no other binary', () => {
    const { platform, arch } = checked;
    const binary = read('native/node-av.node');
    expect(binaryKind(binary.subarray(0, 1_024))).toEqual({ platform, arch });
    const all = readdirSync(unpacked.folder, { recursive: true, encoding: 'utf8' });
    expect(all.filter((path) => /\.(node|so|dll|dylib)$/.test(path))).toEqual([
      'resources/app.asar.unpacked/native/node-av.node',
    ]);
  });

  test('the executable has its fuses set', () => {
    expect(readFuseWire(readFileSync(join(unpacked.folder, 'hoverdeck')))).toEqual({
      runAsNode: 'off',
      enableCookieEncryption: 'on',
      enableNodeOptionsEnvironmentVariable: 'off',
      enableNodeCliInspectArguments: 'off',
      enableEmbeddedAsarIntegrityValidation: 'on',
      onlyLoadAppFromAsar: 'on',
      loadBrowserProcessSpecificV8Snapshot: 'off',
      grantFileProtocolExtraPrivileges: 'off',
    });
  });

  test('Electron’s and Chromium’s licences stay', () => {
    const names = readdirSync(unpacked.folder);
    expect(names).toEqual(
      expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
    );
  });
});

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
