import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBundleSizes, readChecked, unpackArchive } from './checked.ts';
import { renderSizes, type SizeRow, shareOut } from './size-table.ts';

/** What a download may weigh beyond Electron itself. */
const BUDGET_BYTES = 150_000_000;
/** The archive's own overhead; more than this unaccounted for means that a part is not in the table. */
const UNEXPLAINED_BYTES = 1_000_000;

const checked = readChecked();
const { app } = unpackArchive();

test('the download stays within its budget, and every megabyte is accounted for', () => {
  const bundles = new Map(readBundleSizes().map((entry) => [entry.file, entry.bytesByPackage]));
  const rows: SizeRow[] = filesIn(app).flatMap((path) => {
    const bytes = readFileSync(join(app, path));
    const file = { path, bytes: bytes.length, compressedBytes: compressed(bytes) };
    return shareOut(file, bundles.get(path));
  });
  const total = statSync(checked.archive).size;
  process.stdout.write(`\n${renderSizes(rows, total)}\n\n`);
  const explained = rows.reduce((sum, row) => sum + row.compressedBytes, 0);
  expect(Math.abs(total - explained)).toBeLessThan(UNEXPLAINED_BYTES);
  expect(total).toBeLessThan(BUDGET_BYTES);
});

/** As the check's own archive compresses: fast, and a little worse than the released one. */
function compressed(bytes: Buffer): number {
  return gzipSync(bytes, { level: 6 }).length;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
