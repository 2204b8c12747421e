import { lit, mixed, type Rgb } from './colours.ts';
import { Fields } from './fields.ts';
import { Houses, withHouses } from './houses.ts';
import { smoothNoise, step } from './noise.ts';
import { Trees } from './trees.ts';

const WATER: Rgb = { r: 74, g: 124, b: 150 };
const BANK: Rgb = { r: 120, g: 148, b: 84 };
const PATH: Rgb = { r: 214, g: 200, b: 172 };
/** Nothing grows or stands this near to water or path. */
const CLEARANCE = 0.05;
/** Around the landing pad and its ring of mission pads no tree stands. */
const CLEARING = 0.78;
/** And this near to the middle of a house no tree. */
const YARD = 0.13;
/** Where a pixel covers more than this, single trees are no longer drawn. */
const TREES_UP_TO_PIXEL = 0.02;

/**
 * The ground: fields, woods, a river, paths and farmhouses. Places are `x` to the right and `z` away
 * from the camera, both in picture widths of the nearest row. The same seed gives the same land.
 */
export class Ground {
  readonly #seed: number;
  readonly #fields: Fields;
  readonly trees: Trees;
  readonly houses: Houses;

  constructor(seed: number) {
    this.#seed = seed;
    this.#fields = new Fields(seed);
    this.trees = new Trees(seed, (x, z) => this.#treeDensity(x, z));
    this.houses = new Houses(seed, (x, z) => this.#room(x, z));
  }

  /** Colour at a place; `pixel` is what one pixel covers there: finer detail is left out instead of flickering. */
  colourAt(x: number, z: number, pixel: number): Rgb {
    const detail = 1 - step(0.004, 0.02, pixel);
    let colour = this.#fields.colourAt(x, z, pixel, detail);
    const toRiver = this.#toRiver(x, z);
    if (toRiver < 0.1) {
      const ripple = 0.94 + 0.12 * detail * smoothNoise(x * 22, z * 60, this.#seed + 32);
      colour = mixed(colour, BANK, 1 - step(0.02, 0.1, toRiver));
      colour = mixed(colour, lit(WATER, ripple), 1 - step(-0.015 - pixel, 0.015 + pixel, toRiver));
    }
    const toPath = toPaths(x, z, toRiver);
    const pathWidth = 0.016 + pixel;
    if (toPath < pathWidth * 1.3) {
      colour = mixed(colour, PATH, 0.9 * (1 - step(pathWidth * 0.6, pathWidth * 1.3, toPath)));
    }
    colour = withHouses(colour, x, z, this.houses.near(x, z));
    if (pixel < TREES_UP_TO_PIXEL) colour = this.trees.colourAt(colour, x, z);
    const shade = smoothNoise(x * 0.7, z * 0.5, this.#seed + 41);
    return lit(colour, 0.86 + 0.2 * step(0.25, 0.6, shade));
  }

  /** Distance to the river's edge, negative in the water. */
  #toRiver(x: number, z: number): number {
    const middle = 3.1 + 0.55 * Math.sin(x * 1.1 + 0.6) + 0.24 * Math.sin(x * 2.9);
    const away = Math.abs(z - middle) - 0.17;
    return away > 0.2 ? away : away - 0.05 * smoothNoise(x * 3, 0, this.#seed + 31);
  }

  #treeDensity(x: number, z: number): number {
    const toRiver = this.#toRiver(x, z);
    if (Math.hypot(x, z) < CLEARING) return 0;
    if (toRiver < CLEARANCE || toPaths(x, z, toRiver) < CLEARANCE) return 0;
    const houses = this.houses.near(x, z);
    if (houses.some((house) => Math.hypot(house.x - x, house.z - z) < YARD)) return 0;
    if (this.#fields.isWood(x, z)) return 0.96;
    return toRiver < 0.15 ? 0.4 : 0.025;
  }

  /** How far it is to the nearest water or path. */
  #room(x: number, z: number): number {
    const toRiver = this.#toRiver(x, z);
    return Math.min(toRiver, toPaths(x, z, toRiver));
  }
}

/** Distance to the nearest path: one along the river's near side, others across, over bridges. */
function toPaths(x: number, z: number, toRiver: number): number {
  const along = 1.72 + 0.2 * Math.sin(x * 1.7 + 2) + 0.07 * Math.sin(x * 4.3);
  const crossing = 0.35 * Math.sin(z * 1.2) + 1.05;
  const across = Math.abs(x - Math.floor(x / 3.2) * 3.2 - crossing);
  return Math.min(Math.abs(z - along), toRiver > 0.03 ? across : across * 2);
}
