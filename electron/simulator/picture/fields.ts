import { lit, mixed, type Rgb } from './colours.ts';
import { blend, cellValue, smoothNoise, step } from './noise.ts';

/** What grows on the fields. */
const CROPS: readonly Rgb[] = [
  { r: 112, g: 148, b: 66 },
  { r: 134, g: 164, b: 74 },
  { r: 92, g: 130, b: 60 },
  { r: 204, g: 184, b: 104 },
  { r: 218, g: 200, b: 92 },
  { r: 158, g: 128, b: 92 },
  { r: 148, g: 172, b: 96 },
  { r: 122, g: 154, b: 80 },
];
const WOOD_FLOOR: Rgb = { r: 72, g: 102, b: 50 };
const HEDGE: Rgb = { r: 58, g: 88, b: 44 };
/** Share of fields that are woods. */
const WOODS = 0.2;
/** Fields are about this wide and deep, in picture widths of the nearest row. */
const FIELD_WIDTH = 0.46;
const FIELD_DEPTH = 0.62;

type Field = { isWood: boolean; crop: Rgb; cos: number; sin: number };

/** Fields in a crooked grid, each with its crop and its furrows, hedges between them; some are woods. */
export class Fields {
  readonly #seed: number;
  /** Neighbouring pixels mostly lie in the same field. */
  #last: { column: number; row: number; field: Field } | null = null;

  constructor(seed: number) {
    this.#seed = seed;
  }

  isWood(x: number, z: number): boolean {
    const { column, row } = this.#place(x, z);
    return cellValue(column, row, this.#seed + 9) < WOODS;
  }

  /** `detail` from 0 to 1 says how much of the furrows is to be seen, `pixel` what one pixel covers. */
  colourAt(x: number, z: number, pixel: number, detail: number): Rgb {
    const { column, row, alongX, alongZ } = this.#place(x, z);
    const field = this.#field(column, row);
    const coarse = smoothNoise(x * 9, z * 9, this.#seed + 7) - 0.5;
    let light = 1 + 0.12 * coarse;
    if (detail > 0) {
      const fine = smoothNoise(x * 90, z * 90, this.#seed + 6) - 0.5;
      const furrow = Math.sin((x * field.cos + z * field.sin) * 260);
      light += detail * ((field.isWood ? 0 : 0.04) * furrow + 0.1 * fine);
    }
    const edge = Math.min(
      Math.min(alongX, 1 - alongX) * FIELD_WIDTH,
      Math.min(alongZ, 1 - alongZ) * FIELD_DEPTH,
    );
    const thickness = 0.007 + 0.011 * smoothNoise(x * 14, z * 14, this.#seed + 8);
    const colour = lit(field.crop, light);
    if (edge > thickness + 0.004 + pixel) return colour;
    const hedge = 1 - step(thickness, thickness + 0.004 + pixel, edge);
    return mixed(colour, lit(HEDGE, light), hedge * blend(0.55, 0.9, detail));
  }

  #place(x: number, z: number): { column: number; row: number; alongX: number; alongZ: number } {
    const bentX = x + 0.18 * smoothNoise(x * 1.3, z * 1.3, this.#seed + 1);
    const bentZ = (z + 0.22 * smoothNoise(x * 1.1 + 7, z * 0.9, this.#seed + 2)) / FIELD_DEPTH;
    const row = Math.floor(bentZ);
    const shifted = bentX / FIELD_WIDTH + cellValue(row, 5, this.#seed + 3);
    const column = Math.floor(shifted);
    return { column, row, alongX: shifted - column, alongZ: bentZ - row };
  }

  #field(column: number, row: number): Field {
    if (this.#last?.column === column && this.#last.row === row) return this.#last.field;
    const turn = cellValue(column, row, this.#seed + 5) * Math.PI;
    const isWood = cellValue(column, row, this.#seed + 9) < WOODS;
    const crop = CROPS[Math.floor(cellValue(column, row, this.#seed + 4) * CROPS.length)];
    const field = {
      isWood,
      crop: isWood || !crop ? WOOD_FLOOR : crop,
      cos: Math.cos(turn),
      sin: Math.sin(turn),
    };
    this.#last = { column, row, field };
    return field;
  }
}
