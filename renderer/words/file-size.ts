import { decimal } from './time.ts';

/** Decimal units, as file managers show them: `940 B`, `86 kB`, `1.2 MB`. */
export function fileSize(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  if (sizeBytes < 1e6) return `${Math.round(sizeBytes / 1_000)} kB`;
  return `${decimal(sizeBytes / 1e6, 1)} MB`;
}
