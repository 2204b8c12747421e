import type { PhotoFormat } from '../../shared/captures.ts';
import { keepsakeName } from './file-name.ts';

/** `2026-11-21 14.03.22.481 Tello 000123.jpg`: local time, source, sequence; sorts by time everywhere. */
export function photoFileName(
  takenAt: Date,
  sourceName: string,
  seq: number,
  format: PhotoFormat,
): string {
  const extension = format === 'jpeg' ? 'jpg' : 'png';
  return `${keepsakeName(takenAt, sourceName)} ${String(seq).padStart(6, '0')}.${extension}`;
}
