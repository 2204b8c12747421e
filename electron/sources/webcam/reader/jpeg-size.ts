/** Width and height as the JPEG itself says. */
type JpegSize = { width: number; height: number };

const SOI = 0xd8;
const START_OF_SCAN = 0xda;
/** Start-of-frame markers are C0–CF, but for these three tables that lie among them. */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);

/**
 * Reads the size from the frame header (ITU T.81, B.2.2); null when this is no JPEG or is cut off
 * before its picture begins. Looks at headers only, never at the compressed data.
 */
export function jpegSize(data: Uint8Array): JpegSize | null {
  if (data[0] !== 0xff || data[1] !== SOI) return null;
  let at = 2;
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    // Any number of FF may fill the space before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return null;
    const length = ((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0);
    if (length < 2) return null;
    if (marker >= 0xc0 && marker <= 0xcf && !NOT_A_FRAME.has(marker)) {
      if (length < 8 || at + 9 > data.length) return null;
      const height = ((data[at + 5] ?? 0) << 8) | (data[at + 6] ?? 0);
      const width = ((data[at + 7] ?? 0) << 8) | (data[at + 8] ?? 0);
      return width === 0 || height === 0 ? null : { width, height };
    }
    at += 2 + length;
  }
  return null;
}
