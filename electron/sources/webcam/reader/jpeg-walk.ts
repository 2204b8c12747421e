import {
  type HuffmanTable,
  JPEG,
  type JpegHeader,
  type JpegScan,
  type ScanComponent,
} from './jpeg-header.ts';

/** Coefficients of a block of 8x8. */
const BLOCK = 64;
const MAX_CODE_BITS = 16;
/** Cameras use the same four tables for every picture; one that makes its own pays for them anew. */
const MAX_CACHED_CODES = 16;

/**
 * Whether the compressed data of a baseline JPEG hold as many blocks as the picture has. Reads the
 * Huffman codes only and computes no pixel. Null where the way it is compressed cannot be followed.
 */
export function isScanWhole(data: Uint8Array, header: JpegHeader): boolean | null {
  const { coding, scan, componentCount } = header;
  if (coding !== JPEG.baseline && coding !== JPEG.extended) return null;
  // One component at a time would be several scans, each with a shape of its own.
  if (scan === null || scan.components.length !== componentCount) return null;
  const plan = planBlocks(header, scan.components);
  return plan === null ? null : walk(data, scan, plan, header.restartInterval);
}

/** How many restart markers the picture must have; null where that cannot be said. */
export function expectedRestarts(header: JpegHeader): number | null {
  const { scan, restartInterval, componentCount } = header;
  if (scan === null || scan.components.length !== componentCount) return null;
  if (restartInterval === 0) return 0;
  return Math.ceil(countUnits(header, scan.components) / restartInterval) - 1;
}

/** Units (the smallest coded parts of a picture, of every component some blocks) of a scan of all components. */
function countUnits(header: JpegHeader, components: readonly ScanComponent[]): number {
  // A component alone is coded block by block, whatever its sampling says (T.81, A.2.2).
  const alone = components.length === 1;
  const across = alone ? 1 : Math.max(...components.map((component) => component.across));
  const down = alone ? 1 : Math.max(...components.map((component) => component.down));
  return Math.ceil(header.width / (8 * across)) * Math.ceil(header.height / (8 * down));
}

type Plan = {
  units: number;
  /** The DC and AC codes of each block of a unit, in order. */
  blocks: { dc: Uint16Array; ac: Uint16Array }[];
};

function planBlocks(header: JpegHeader, components: readonly ScanComponent[]): Plan | null {
  const blocks: Plan['blocks'] = [];
  for (const { across, down, dcTable, acTable } of components) {
    const dc = header.huffmanTables.get(dcTable);
    const ac = header.huffmanTables.get(16 + acTable);
    if (!dc || !ac || across < 1 || across > 4 || down < 1 || down > 4) return null;
    const codes = { dc: codesOf(dc), ac: codesOf(ac) };
    const count = components.length === 1 ? 1 : across * down;
    for (let block = 0; block < count; block++) blocks.push(codes);
  }
  return { units: countUnits(header, components), blocks };
}

const cachedCodes = new Map<string, Uint16Array>();

/** For every 16 bits that may come next: length of the code × 256 + its symbol; 0 where no code fits. */
function codesOf(table: HuffmanTable): Uint16Array {
  const key = Buffer.from(table.buffer, table.byteOffset, table.byteLength).toString('latin1');
  const known = cachedCodes.get(key);
  if (known !== undefined) return known;
  const codes = new Uint16Array(1 << MAX_CODE_BITS);
  let next = 0;
  let symbol = MAX_CODE_BITS;
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    const span = 1 << (MAX_CODE_BITS - length);
    for (let count = table[length - 1] ?? 0; count > 0; count--) {
      codes.fill((length << 8) | (table[symbol] ?? 0), next, next + span);
      next += span;
      symbol += 1;
    }
  }
  if (cachedCodes.size >= MAX_CACHED_CODES) cachedCodes.clear();
  cachedCodes.set(key, codes);
  return codes;
}

function walk(data: Uint8Array, scan: JpegScan, plan: Plan, restartInterval: number): boolean {
  const { blocks, units } = plan;
  let at = scan.dataAt;
  let bits = 0;
  let available = 0;
  /** Bits handed out that the data do not have. */
  let invented = 0;

  // Byte by byte; the zero behind an FF is no data, and any other byte there is a marker.
  const fill = () => {
    while (available <= 16) {
      const byte = data[at];
      if (byte === undefined || (byte === 0xff && data[at + 1] !== 0)) {
        bits = (bits << 8) | 0xff;
        invented += 8;
      } else {
        bits = (bits << 8) | byte;
        at += byte === 0xff ? 2 : 1;
      }
      available += 8;
    }
  };

  for (let unit = 0; unit < units; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      const marker = data[at + 1] ?? 0;
      if (data[at] !== 0xff || marker < JPEG.restart0 || marker > JPEG.restart7) return false;
      at += 2;
      bits = 0;
      available = 0;
      invented = 0;
    }
    for (const { dc, ac } of blocks) {
      for (let index = 0; index < BLOCK; ) {
        fill();
        const code = (index === 0 ? dc : ac)[(bits >>> (available - 16)) & 0xffff] ?? 0;
        if (code === 0) return false;
        available -= code >> 8;
        const symbol = code & 0xff;
        const size = symbol & 15;
        if (index === 0) {
          index = 1;
        } else if (size === 0) {
          // End of block, or sixteen zeros.
          index = symbol === 0xf0 ? index + 16 : BLOCK;
        } else {
          index += (symbol >> 4) + 1;
          if (index > BLOCK) return false;
        }
        if (size > 0) {
          fill();
          available -= size;
        }
      }
      // What is left may be invented: the codes were all there. What was used may not.
      if (available < invented) return false;
    }
  }
  return true;
}
