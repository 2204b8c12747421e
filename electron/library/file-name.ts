/** Longer names are cut: some file systems stop at 255 bytes for the whole name. */
const MAX_SOURCE_CHARS = 40;

/** `2026-11-21 14.03.22.481 Tello`: local time and source; sorts by time everywhere. */
export function keepsakeName(at: Date, sourceName: string): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  return `${day} ${time}.${ms} ${safe(sourceName)}`;
}

/** A camera's name comes from its maker and must not become a path or a reserved name on any system. */
function safe(name: string): string {
  const plain = name.normalize('NFKC').replace(/[^\p{L}\p{N} _-]+/gu, ' ');
  // By characters, not by halves of one.
  const short = [...plain.replace(/\s+/g, ' ').trim()].slice(0, MAX_SOURCE_CHARS).join('').trim();
  return short === '' ? 'camera' : short;
}
