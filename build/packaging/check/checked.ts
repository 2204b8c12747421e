import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asar from '@electron/asar';
import { afterAll } from 'vitest';
import { z } from 'zod';

const work = fileURLToPath(new URL('../../../out/package/', import.meta.url));

const checkedSchema = z.object({
  /** The checkout it was packed in. */
  root: z.string(),
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.enum(['x64', 'arm64']),
  archive: z.string(),
  /** The macOS app bundle. */
  mac: z.string(),
  installers: z.array(z.object({ args: z.array(z.string()), entry: z.string() })),
  config: z.looseObject({
    appId: z.string(),
    electronFuses: z.record(z.string(), z.boolean()),
    mac: z.looseObject({
      hardenedRuntime: z.boolean(),
      entitlements: z.string(),
      entitlementsInherit: z.string(),
      icon: z.string(),
      target: z.array(z.string()),
    }),
    win: z.looseObject({ icon: z.string(), target: z.array(z.string()) }),
    linux: z.looseObject({ icon: z.string(), target: z.array(z.string()) }),
  }),
});

/** What `check.mjs` packed and noted. */
export function readChecked(): z.infer<typeof checkedSchema> {
  return checkedSchema.parse(JSON.parse(readFileSync(join(work, 'checked.json'), 'utf8')));
}

export type Unpacked = {
  /** The installed folder, with the executable in it. */
  folder: string;
  asarFile: string;
  /** Archive and unpacked files in one folder, far from any node_modules. */
  app: string;
};

/** Unpacks the released archive outside the checkout, as a user would; gone after the file's tests. Call it outside of them. */
export function unpackArchive(): Unpacked {
  const { archive } = readChecked();
  const home = mkdtempSync(join(tmpdir(), 'hoverdeck-package-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, 'installed');
  mkdirSync(folder);
  execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', folder]);
  const asarFile = join(folder, 'resources', 'app.asar');
  const app = join(home, 'app');
  asar.extractAll(asarFile, app);
  return { folder, asarFile, app };
}

const headerEntrySchema = z.object({
  size: z.number().optional(),
  unpacked: z.boolean().optional(),
  integrity: z.object({ algorithm: z.literal('SHA256'), hash: z.string() }).optional(),
  get files() {
    return z.record(z.string(), headerEntrySchema).optional();
  },
});
type HeaderEntry = z.infer<typeof headerEntrySchema>;

export type PackedFile = { path: string; unpacked: boolean; sha256: string | undefined };

/** Every file that the archive's header names, with the checksum Electron compares. */
export function listArchive(asarFile: string): PackedFile[] {
  const header = headerEntrySchema.parse(asar.getRawHeader(asarFile).header);
  const list = (entry: HeaderEntry, path: string): PackedFile[] =>
    entry.files === undefined
      ? [{ path, unpacked: entry.unpacked ?? false, sha256: entry.integrity?.hash }]
      : Object.entries(entry.files).flatMap(([name, child]) =>
          list(child, path === '' ? name : `${path}/${name}`),
        );
  return list(header, '');
}

export function readBundleSizes(): { file: string; bytesByPackage: Record<string, number> }[] {
  const schema = z.array(
    z.object({ file: z.string(), bytesByPackage: z.record(z.string(), z.number()) }),
  );
  return schema.parse(JSON.parse(readFileSync(join(work, 'bundles.json'), 'utf8')));
}
