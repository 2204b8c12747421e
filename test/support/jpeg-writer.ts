import type { HuffmanTable } from '../../electron/sources/webcam/reader/jpeg-header.ts';
import { STANDARD_HUFFMAN } from '../../electron/sources/webcam/reader/standard-huffman.ts';
import { seededRandom } from './seeded-random.ts';

type JpegOptions = {
  width?: number;
  height?: number;
  /** Blocks of brightness across and down in a unit, to one of each colour; `grey` has no colour. */
  sampling?: [number, number] | 'grey';
  restartInterval?: number;
  /** False leaves the Huffman tables out, as many cameras do. */
  tables?: boolean;
  seed?: number;
};

const segment = (marker: number, ...body: number[]) => [
  ...[0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255],
  ...body,
];

/** A baseline JPEG of seeded noise, as a camera's chip writes them: fixed tables, no metadata. */
export function writeJpeg(options: JpegOptions = {}): Uint8Array {
  const { width = 160, height = 120, sampling = [2, 1], restartInterval = 0 } = options;
  const parts = sampling === 'grey' ? [[1, 1]] : [sampling, [1, 1], [1, 1]];
  const [across = 1, down = 1] = parts[0] ?? [];
  const bytes = [
    ...[0xff, 0xd8],
    ...segment(0xdb, 0, ...Array.from({ length: 64 }, () => 8)),
    ...segment(0xdb, 1, ...Array.from({ length: 64 }, () => 8)),
    ...(restartInterval > 0 ? segment(0xdd, restartInterval >> 8, restartInterval & 255) : []),
    ...segment(
      ...([0xc0, 8, height >> 8, height & 255, width >> 8, width & 255, parts.length] as const),
      ...parts.flatMap(([h = 1, v = 1], part) => [part + 1, (h << 4) | v, part === 0 ? 0 : 1]),
    ),
    ...(options.tables === false
      ? []
      : segment(0xc4, ...[...STANDARD_HUFFMAN].flatMap(([key, table]) => [key, ...table]))),
    ...segment(
      ...([0xda, parts.length] as const),
      ...parts.flatMap((_, part) => [part + 1, part === 0 ? 0x00 : 0x11]),
      ...[0, 63, 0],
    ),
  ];
  const units = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const bits = new BitWriter(bytes);
  const random = seededRandom(options.seed ?? 1);
  for (let unit = 0; unit < units; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      bits.flush();
      bytes.push(0xff, 0xd0 + ((unit / restartInterval - 1) & 7));
    }
    parts.forEach(([h = 1, v = 1], part) => {
      for (let block = 0; block < h * v; block++) writeBlock(bits, part === 0 ? 0 : 1, random);
    });
  }
  bits.flush();
  return Uint8Array.from([...bytes, 0xff, 0xd9]);
}

function writeBlock(bits: BitWriter, table: number, random: () => number): void {
  writeValue(bits, code(table), 0, Math.round((random() - 0.5) * 20));
  const ac = code(0x10 + table);
  for (let index = 1; index < 10; index++) {
    writeValue(bits, ac, 0, 1 + Math.floor(random() * 30));
  }
  bits.write(...(ac.get(0) ?? [0, 0]));
}

/** One coefficient behind `zeros` zeros: a code for its size, then its bits (T.81, F.1.2). */
function writeValue(bits: BitWriter, codes: Codes, zeros: number, value: number): void {
  const size = value === 0 ? 0 : 32 - Math.clz32(Math.abs(value));
  bits.write(...(codes.get((zeros << 4) | size) ?? [0, 0]));
  bits.write(value < 0 ? value + (1 << size) - 1 : value, size);
}

type Codes = Map<number, [code: number, length: number]>;

function code(key: number): Codes {
  const table: HuffmanTable = STANDARD_HUFFMAN.get(key) ?? new Uint8Array();
  const codes: Codes = new Map();
  let next = 0;
  let symbol = 16;
  for (let length = 1; length <= 16; length++) {
    for (let count = table[length - 1] ?? 0; count > 0; count--) {
      codes.set(table[symbol++] ?? 0, [next++, length]);
    }
    next <<= 1;
  }
  return codes;
}

class BitWriter {
  readonly #bytes: number[];
  #byte = 0;
  #free = 8;

  constructor(bytes: number[]) {
    this.#bytes = bytes;
  }

  write(value: number, length: number): void {
    for (let bit = length - 1; bit >= 0; bit--) {
      this.#free -= 1;
      this.#byte |= ((value >> bit) & 1) << this.#free;
      if (this.#free === 0) this.#emit();
    }
  }

  flush(): void {
    while (this.#free < 8) this.write(1, 1);
  }

  #emit(): void {
    this.#bytes.push(this.#byte);
    if (this.#byte === 0xff) this.#bytes.push(0);
    this.#byte = 0;
    this.#free = 8;
  }
}
