import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asar from '@electron/asar';
import { describe, expect, test } from 'vitest';
import { binaryKind } from './binary-kind.ts';
import { listArchive, readChecked, unpackArchive } from './checked.ts';
import { readFuseWire } from './fuse-wire.ts';

const { config, mac, version } = readChecked();
const linux = unpackArchive();
const contents = join(mac, 'Contents');
const asarFile = join(contents, 'Resources', 'app.asar');
const info = readFileSync(join(contents, 'Info.plist'), 'utf8');

// electron-builder makes the app bundle on Linux as it would on macOS, up to the signature.
describe('the macOS app', () => {
  test('says why it wants the camera and the network', () => {
    expect(textOf('NSCameraUsageDescription')).toMatch(/webcam/);
    expect(textOf('NSLocalNetworkUsageDescription')).toMatch(/drone/);
  });

  test('names itself and its version', () => {
    expect(textOf('CFBundleIdentifier')).toBe(config.appId);
    expect(textOf('CFBundleName')).toBe('Hoverdeck');
    expect(textOf('CFBundleShortVersionString')).toBe(version);
  });

  test('carries the checksum of its archive, which Electron compares at the start', () => {
    const header = asar.getRawHeader(asarFile).headerString;
    const integrity =
      /<key>ElectronAsarIntegrity<\/key>[\s\S]*?<key>([^<]+)<\/key>[\s\S]*?<string>([0-9a-f]{64})</;
    expect(integrity.exec(info)?.slice(1)).toEqual([
      'Resources/app.asar',
      createHash('sha256').update(header).digest('hex'),
    ]);
  });

  test('has the same files as on Linux, and a library for macOS', () => {
    const places = (file: string) =>
      listArchive(file).map(({ path, unpacked }) => [path, unpacked]);
    expect(places(asarFile)).toEqual(places(linux.asarFile));
    const library = join(contents, 'Resources', 'app.asar.unpacked', 'native', 'node-av.node');
    expect(binaryKind(readFileSync(library))).toEqual({ platform: 'darwin', arch: 'arm64' });
  });

  test('has its fuses set', () => {
    const framework = ['Frameworks', 'Electron Framework.framework', 'Electron Framework'];
    expect(readFuseWire(readFileSync(join(contents, ...framework)))).toMatchObject({
      runAsNode: 'off',
      enableNodeOptionsEnvironmentVariable: 'off',
      enableNodeCliInspectArguments: 'off',
      enableEmbeddedAsarIntegrityValidation: 'on',
      onlyLoadAppFromAsar: 'on',
    });
  });

  test('has our icon', () => {
    const icon = readFileSync(join(contents, 'Resources', textOf('CFBundleIconFile')));
    expect(icon.equals(readFileSync(config.mac.icon))).toBe(true);
  });

  test('is hardened, with few and explained exceptions', () => {
    expect(config.mac.hardenedRuntime).toBe(true);
    const camera = 'com.apple.security.device.camera';
    const jit = 'com.apple.security.cs.allow-jit';
    expect(keysOf(config.mac.entitlements)).toEqual([jit, camera]);
    expect(keysOf(config.mac.entitlementsInherit)).toEqual([
      ...[jit, camera],
      'com.apple.security.cs.disable-library-validation',
    ]);
  });

  test('is released as dmg and zip: the updater needs the zip', () => {
    expect(config.mac.target).toEqual(['dmg', 'zip']);
  });
});

function textOf(key: string): string {
  return new RegExp(`<key>${key}</key>\\s*<string>([^<]*)</string>`).exec(info)?.[1] ?? '';
}

function keysOf(plist: string): string[] {
  return [...readFileSync(plist, 'utf8').matchAll(/<key>([^<]+)<\/key>/g)].map(
    (match) => match[1] ?? '',
  );
}
