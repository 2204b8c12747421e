import { MAX_PICTURE_PIXELS } from '../../../../shared/picture-bounds.ts';

/** Marker codes of ITU T.81, table B.1: the second byte, after FF. */
export const JPEG = {
  baseline: 0xc0,
  extended: 0xc1,
  huffmanTables: 0xc4,
  restart0: 0xd0,
  restart7: 0xd7,
  start: 0xd8,
  end: 0xd9,
  scan: 0xda,
  quantisation: 0xdb,
  restartInterval: 0xdd,
} as const;

/** Start-of-frame markers are C0–CF, but for these three that lie among them. */
const NOT_A_FRAME = new Set([0xc4, 0xc8, 0xcc]);
const LAST_FRAME_MARKER = 0xcf;

/** Counts of codes by length (1 to 16 bits), then the symbols in order. */
export type HuffmanTable = Uint8Array;

/** How one component of a scan is coded. */
export type ScanComponent = {
  /** Blocks across and down in one unit of the scan. */
  across: number;
  down: number;
  dcTable: number;
  acTable: number;
};

export type JpegScan = {
  /** Where its marker is, and where its compressed data begin. */
  markerAt: number;
  dataAt: number;
  components: ScanComponent[];
};

/** What stands before the picture's compressed data. */
export type JpegHeader = {
  width: number;
  height: number;
  /** Marker of the frame: how it is compressed. */
  coding: number;
  componentCount: number;
  /** By class (0: DC, 1: AC) × 16 + number. */
  huffmanTables: Map<number, HuffmanTable>;
  /** Units between two restart markers; 0: none. */
  restartInterval: number;
  /** False where a component is quantised by a table that is not there: nobody could say its values. */
  isQuantised: boolean;
  /** Null where the picture ends before its data. */
  scan: JpegScan | null;
};

type FrameComponent = { id: number; across: number; down: number; quantisation: number };

/**
 * Reads the headers of a JPEG (ITU T.81, B.2); null when there is none, it is
 * cut off before its size, or its size is out of bounds. Never looks at compressed data.
 */
export function jpegHeader(data: Uint8Array): JpegHeader | null {
  if (data[0] !== 0xff || data[1] !== JPEG.start) return null;
  const huffmanTables = new Map<number, HuffmanTable>();
  const quantisations = new Set<number>();
  let restartInterval = 0;
  let frame: { width: number; height: number; coding: number; parts: FrameComponent[] } | null =
    null;
  let scan: JpegScan | null = null;

  let at = 2;
  while (at + 4 <= data.length && scan === null) {
    if (data[at] !== 0xff) break;
    const marker = data[at + 1] ?? 0;
    // Any number of FF may fill the space before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + wordAt(data, at + 2);
    if (end < at + 4) break;
    const body = data.subarray(at + 4, Math.min(end, data.length));
    if (isFrameMarker(marker)) {
      const read = readFrame(body);
      if (read === null) return null;
      frame = { coding: marker, ...read };
    } else if (end > data.length) {
      break;
    } else if (marker === JPEG.huffmanTables) {
      readHuffmanTables(body, huffmanTables);
    } else if (marker === JPEG.quantisation) {
      readQuantisations(body, quantisations);
    } else if (marker === JPEG.restartInterval) {
      restartInterval = wordAt(body, 0);
    } else if (marker === JPEG.scan) {
      if (frame === null) return null;
      const components = readScan(body, frame.parts);
      if (components === null) break;
      scan = { markerAt: at, dataAt: end, components };
    }
    at = end;
  }
  if (frame === null) return null;
  const { width, height, coding, parts } = frame;
  return {
    width,
    height,
    coding,
    componentCount: parts.length,
    huffmanTables,
    restartInterval,
    isQuantised: parts.every((part) => quantisations.has(part.quantisation)),
    scan,
  };
}

/** Length of the segment at a marker, with it. */
export function segmentLength(data: Uint8Array, at: number): number {
  return 2 + wordAt(data, at + 2);
}

function wordAt(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
}

function isFrameMarker(marker: number): boolean {
  return marker >= JPEG.baseline && marker <= LAST_FRAME_MARKER && !NOT_A_FRAME.has(marker);
}

function readFrame(
  body: Uint8Array,
): { width: number; height: number; parts: FrameComponent[] } | null {
  const height = wordAt(body, 1);
  const width = wordAt(body, 3);
  const count = body[5] ?? 0;
  if (body.length < 6 + 3 * count || width === 0 || height === 0) return null;
  if (width * height > MAX_PICTURE_PIXELS) return null;
  const parts: FrameComponent[] = [];
  for (let at = 6; at < 6 + 3 * count; at += 3) {
    const [id = 0, sampling = 0, quantisation = 0] = body.subarray(at, at + 3);
    parts.push({ id, across: sampling >> 4, down: sampling & 15, quantisation });
  }
  return { width, height, parts };
}

/** Tables that run out of their segment are left out, as if they were not there. */
function readHuffmanTables(body: Uint8Array, tables: Map<number, HuffmanTable>): void {
  let at = 0;
  while (at + 17 <= body.length) {
    let symbols = 0;
    for (let length = 1; length <= 16; length++) symbols += body[at + length] ?? 0;
    const end = at + 17 + symbols;
    if (symbols > 256 || end > body.length) return;
    tables.set(body[at] ?? 0, body.subarray(at + 1, end));
    at = end;
  }
}

function readQuantisations(body: Uint8Array, found: Set<number>): void {
  for (let at = 0; at < body.length; ) {
    const wide = (body[at] ?? 0) >> 4 !== 0;
    const end = at + 1 + (wide ? 128 : 64);
    if (end <= body.length) found.add((body[at] ?? 0) & 15);
    at = end;
  }
}

function readScan(body: Uint8Array, parts: readonly FrameComponent[]): ScanComponent[] | null {
  const count = body[0] ?? 0;
  if (count === 0 || body.length < 1 + 2 * count) return null;
  const components: ScanComponent[] = [];
  for (let index = 0; index < count; index++) {
    const part = parts.find(({ id }) => id === body[1 + 2 * index]);
    if (part === undefined) return null;
    const tables = body[2 + 2 * index] ?? 0;
    const { across, down } = part;
    components.push({ across, down, dcTable: tables >> 4, acTable: tables & 15 });
  }
  return components;
}
