import type { PhotoFormat } from '../../shared/captures.ts';

/** Longer names are cut: some file systems stop at 255 bytes for the whole name. */
const MAX_SOURCE_CHARS = 40;

/** `2026-11-21 14.03.22.481 Tello 000123.jpg`: local time, source, sequence; sorts by time everywhere. */
export function photoFileName(
  takenAt: Date,
  sourceName: string,
  seq: number,
  format: PhotoFormat,
): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${takenAt.getFullYear()}-${two(takenAt.getMonth() + 1)}-${two(takenAt.getDate())}`;
  const time = `${two(takenAt.getHours())}.${two(takenAt.getMinutes())}.${two(takenAt.getSeconds())}`;
  const ms = String(takenAt.getMilliseconds()).padStart(3, '0');
  const extension = format === 'jpeg' ? 'jpg' : 'png';
  return `${day} ${time}.${ms} ${safe(sourceName)} ${String(seq).padStart(6, '0')}.${extension}`;
}

/** A camera's name comes from its maker and must not become a path or a reserved name on any system. */
function safe(name: string): string {
  const plain = name.normalize('NFKC').replace(/[^\p{L}\p{N} _-]+/gu, ' ');
  const short = plain.replace(/\s+/g, ' ').trim().slice(0, MAX_SOURCE_CHARS).trim();
  return short === '' ? 'camera' : short;
}
