/** A part of the download: whose it is, and what it weighs before and after compression. */
export type SizeRow = { owner: string; bytes: number; compressedBytes: number };
export type SizedFile = { path: string; bytes: number; compressedBytes: number };

/** Owners below this share a line; the download is measured in tens of megabytes. */
const SMALLEST_LINE_BYTES = 20_000;

const OWNERS: readonly [RegExp, string][] = [
  [/^native\//, 'node-av (FFmpeg)'],
  [/^out\/renderer\//, 'page (React and its packages)'],
  [/^(LICENSE|THIRD-PARTY)/, 'licences'],
];

/** Splits a bundle among the packages in it, by their share of its text; any other file has one owner. */
export function shareOut(
  file: SizedFile,
  bytesByPackage: Readonly<Record<string, number>> | undefined,
): SizeRow[] {
  const { bytes, compressedBytes } = file;
  if (bytesByPackage === undefined) {
    const owner = OWNERS.find(([rule]) => rule.test(file.path))?.[1] ?? 'hoverdeck';
    return [{ owner, bytes, compressedBytes }];
  }
  const parts = Object.entries(bytesByPackage);
  const sum = parts.reduce((total, [, part]) => total + part, 0);
  return parts.map(([owner, part]) => ({
    owner,
    bytes: (bytes * part) / sum,
    compressedBytes: (compressedBytes * part) / sum,
  }));
}

/** The table `package:check` prints: owners by weight, small ones together, the archive's size below. */
export function renderSizes(rows: readonly SizeRow[], archiveBytes: number): string {
  const byOwner = new Map<string, SizeRow>();
  for (const row of rows) {
    const sum = byOwner.get(row.owner) ?? { owner: row.owner, bytes: 0, compressedBytes: 0 };
    sum.bytes += row.bytes;
    sum.compressedBytes += row.compressedBytes;
    byOwner.set(row.owner, sum);
  }
  const sorted = [...byOwner.values()].sort((a, b) => b.compressedBytes - a.compressedBytes);
  const shown = sorted.filter((row) => row.compressedBytes >= SMALLEST_LINE_BYTES);
  const small = sorted.filter((row) => row.compressedBytes < SMALLEST_LINE_BYTES);
  const lines = [...shown, add(`${small.length} smaller packages`, small)];
  return [
    line('beyond Electron', 'unpacked', 'compressed'),
    ...lines.map((row) => line(row.owner, megabytes(row.bytes), megabytes(row.compressedBytes))),
    line('the archive itself', megabytes(add('', rows).bytes), megabytes(archiveBytes)),
  ].join('\n');
}

function add(owner: string, rows: readonly SizeRow[]): SizeRow {
  return {
    owner,
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    compressedBytes: rows.reduce((sum, row) => sum + row.compressedBytes, 0),
  };
}

function line(owner: string, bytes: string, compressedBytes: string): string {
  return `  ${owner.padEnd(32)}${bytes.padStart(12)}${compressedBytes.padStart(12)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}
