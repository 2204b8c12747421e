import {
  type HuffmanTable,
  JPEG,
  type JpegHeader,
  type JpegScan,
  jpegHeader,
  segmentLength,
} from './jpeg-header.ts';
import { expectedRestarts, isScanWhole } from './jpeg-walk.ts';
import { STANDARD_HUFFMAN } from './standard-huffman.ts';

/** One JPEG that any decoder takes, and its size. */
export type WholeJpeg = { data: Uint8Array; width: number; height: number };

/** What stands before a picture is a driver's header or the end of the one before; it is looked past this far. */
const MAX_JUNK_BYTES = 64 * 1024;
/** Pictures of one scene differ little in size: one this much smaller than those before may be cut. */
const SUSPICIOUS_SHARE = 0.8;
/** Share of the newest picture in the running average of sizes. */
const NEWEST_WEIGHT = 0.1;
/** With nothing to compare with, the first pictures are all looked through. */
const FIRST_PICTURES = 3;
const START_OF_IMAGE = Uint8Array.of(0xff, JPEG.start);
const END_OF_IMAGE = Uint8Array.of(0xff, JPEG.end);

/**
 * Looks at every picture of one camera before it goes on, and mends what cameras and their drivers
 * do to JPEGs: bytes before or behind the picture, no start or end marker, no Huffman tables. A
 * picture with pixels missing is damaged and given up. Markers are looked at always (0.1 ms), the
 * codes between them (some ms) only where a picture has no end, or is small for what came before.
 */
export class JpegMender {
  #pictures = 0;
  #usualBytes = 0;

  /** Null for a damaged picture. The same bytes where nothing was wrong. */
  mend(jpeg: Uint8Array): WholeJpeg | null {
    const found = findPicture(jpeg);
    if (found?.header.isQuantised !== true) return null;
    const { picture, scan } = found;
    const missing = missingTables(found.header, scan);
    if (missing === null) return null;
    const huffmanTables = new Map([...found.header.huffmanTables, ...missing]);
    const header = { ...found.header, huffmanTables };

    const end = findEnd(found);
    const restarts = expectedRestarts(header);
    const isOdd = !end.isMarked || (restarts !== null && restarts !== end.restarts);
    if (isOdd || this.#isSmall(end.at)) {
      const whole = isScanWhole(picture.subarray(0, end.at), header);
      // What cannot be followed is believed as long as it says itself that it is whole.
      if (whole === false || (whole === null && !end.isMarked)) return null;
    }
    this.#remember(end.at);
    const { width, height } = header;
    return { data: assemble(found, end, missing), width, height };
  }

  #isSmall(bytes: number): boolean {
    return this.#pictures < FIRST_PICTURES || bytes < this.#usualBytes * SUSPICIOUS_SHARE;
  }

  #remember(bytes: number): void {
    this.#usualBytes =
      this.#pictures === 0 ? bytes : this.#usualBytes + (bytes - this.#usualBytes) * NEWEST_WEIGHT;
    this.#pictures += 1;
  }
}

type Found = { picture: Uint8Array; header: JpegHeader; scan: JpegScan };

/** The picture from its first byte on; its start marker is put back where it is missing. */
function findPicture(jpeg: Uint8Array): Found | null {
  const within = Math.min(jpeg.length, MAX_JUNK_BYTES);
  for (let at = jpeg.indexOf(0xff); at !== -1 && at < within; at = jpeg.indexOf(0xff, at + 1)) {
    if (jpeg[at + 1] !== JPEG.start) continue;
    const found = withScan(at === 0 ? jpeg : jpeg.subarray(at));
    if (found !== null) return found;
  }
  return withScan(join([START_OF_IMAGE, jpeg]));
}

function withScan(picture: Uint8Array): Found | null {
  const header = jpegHeader(picture);
  return header?.scan ? { picture, header, scan: header.scan } : null;
}

type End = {
  /** Where the data end: at the end marker, or where the bytes give out. */
  at: number;
  isMarked: boolean;
  restarts: number;
};

function findEnd({ picture, header, scan }: Found): End {
  const hasMoreScans = isProgressive(header) || scan.components.length < header.componentCount;
  let at = scan.dataAt;
  let restarts = 0;
  for (;;) {
    const next = picture.indexOf(0xff, at);
    // An FF at the very end is half of a marker.
    if (next === -1) return { at: picture.length, isMarked: false, restarts };
    const marker = picture[next + 1];
    if (marker === JPEG.end) return { at: next, isMarked: true, restarts };
    if (marker === 0) {
      at = next + 2;
    } else if (marker === 0xff) {
      at = next + 1;
    } else if (isRestart(marker)) {
      restarts += 1;
      at = next + 2;
    } else if (hasMoreScans && marker !== undefined && segmentLength(picture, next) >= 4) {
      at = next + segmentLength(picture, next);
    } else {
      return { at: next, isMarked: false, restarts };
    }
  }
}

function isRestart(marker: number | undefined): boolean {
  return marker !== undefined && marker >= JPEG.restart0 && marker <= JPEG.restart7;
}

/** Of these a scan is a part of the picture's depth or detail, and tables may come in between. */
function isProgressive({ coding }: JpegHeader): boolean {
  return coding !== JPEG.baseline && coding !== JPEG.extended;
}

/** The tables the scan needs and the picture lacks; null where nobody knows them. */
function missingTables(header: JpegHeader, scan: JpegScan): Map<number, HuffmanTable> | null {
  const missing = new Map<number, HuffmanTable>();
  if (isProgressive(header)) return missing;
  for (const { dcTable, acTable } of scan.components) {
    for (const key of [dcTable, 16 + acTable]) {
      if (header.huffmanTables.has(key)) continue;
      const standard = STANDARD_HUFFMAN.get(key);
      if (standard === undefined) return null;
      missing.set(key, standard);
    }
  }
  return missing;
}

function assemble(found: Found, end: End, missing: Map<number, HuffmanTable>): Uint8Array {
  const { picture, scan } = found;
  const isComplete = end.isMarked && missing.size === 0;
  if (isComplete) {
    const length = end.at + END_OF_IMAGE.length;
    // Never a view of something larger: all of that would travel with it.
    const isAlone = length === picture.length && picture.byteLength === picture.buffer.byteLength;
    return isAlone ? picture : picture.slice(0, length);
  }
  return join([
    picture.subarray(0, scan.markerAt),
    tableSegment(missing),
    picture.subarray(scan.markerAt, end.at),
    END_OF_IMAGE,
  ]);
}

function tableSegment(tables: Map<number, HuffmanTable>): Uint8Array {
  if (tables.size === 0) return new Uint8Array();
  const body = join([...tables].flatMap(([key, table]) => [Uint8Array.of(key), table]));
  const length = body.length + 2;
  return join([Uint8Array.of(0xff, JPEG.huffmanTables, length >> 8, length & 0xff), body]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
