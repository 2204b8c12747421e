import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChecked } from './checked.ts';

const { config, installers, root, version } = readChecked();
const metainfo = join(root, 'build', 'packaging', 'linux', `${config.appId}.metainfo.xml`);

const byKind = installers.map(
  (installer) => [extname(argumentOf(installer.args, '--package')).slice(1), installer] as const,
);

/** Runs a validator; its complaints are the failure's text. */
function complaintsOf(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], { encoding: 'utf8' });
  if (error !== undefined) return error.message;
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** `from=to` pairs of an installer: where each file will lie. */
function placesOf(args: readonly string[]): Map<string, string> {
  return new Map(
    args.flatMap((arg) => {
      const [from, to] = arg.split('=');
      return from?.startsWith('/') && to?.startsWith('/') ? [[to, from] as const] : [];
    }),
  );
}

describe('on Linux', () => {
  test('deb and rpm were both prepared', () => {
    expect(byKind.map(([kind]) => kind)).toEqual(['deb', 'rpm']);
  });

  test.each(byKind)('the desktop entry of the %s is valid', (_kind, { entry }) => {
    expect(complaintsOf('desktop-file-validate', [entry])).toBe('');
    const text = readFileSync(entry, 'utf8');
    expect(text).toContain(`\nStartupWMClass=${config.appId}\n`);
    expect(text).toContain('\nCategories=AudioVideo;Video;\n');
    expect(text).toContain('\nIcon=hoverdeck\n');
  });

  test.each(byKind)('the %s places entry, icons and AppStream file', (_kind, { args }) => {
    const places = placesOf(args);
    expect(places.has(`/usr/share/applications/${config.appId}.desktop`)).toBe(true);
    expect(places.get(`/usr/share/metainfo/${config.appId}.metainfo.xml`)).toBe(metainfo);
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
      const icon = places.get(`/usr/share/icons/hicolor/${size}x${size}/apps/hoverdeck.png`);
      expect(icon, `${size} pixels`).toBeDefined();
      expect(pngSize(readFileSync(icon ?? ''))).toEqual({ width: size, height: size });
    }
    expect(argumentOf(args, '--license')).toBe('GPL-3.0-or-later');
    expect(argumentOf(args, '--version')).toBe(version);
  });

  test('the AppStream file is valid and speaks of this app and this version', () => {
    expect(complaintsOf('appstreamcli', ['validate', '--no-net', metainfo])).toBe('');
    const xml = readFileSync(metainfo, 'utf8');
    expect(xml).toContain(`<id>${config.appId}</id>`);
    expect(xml).toContain(`<launchable type="desktop-id">${config.appId}.desktop</launchable>`);
    expect(xml).toContain(`<release version="${version}"`);
    expect(xml).toContain('<project_license>GPL-3.0-or-later</project_license>');
  });

  test('AppImage, deb, rpm and tar.gz are released', () => {
    expect(config.linux.target).toEqual(['AppImage', 'deb', 'rpm', 'tar.gz']);
  });
});

describe('on Windows', () => {
  test('an installer and a portable program are released, with an icon', () => {
    expect(config.win.target).toEqual(['nsis', 'portable']);
    expect(existsSync(config.win.icon)).toBe(true);
  });
});

function argumentOf(args: readonly string[], flag: string): string {
  return args[args.indexOf(flag) + 1] ?? '';
}

function pngSize(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
