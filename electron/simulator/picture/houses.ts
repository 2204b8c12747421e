import { lit, type Rgb } from './colours.ts';
import { cellValue } from './noise.ts';

/** A house: places and sizes in lengths of the land, `z` away from the camera. The ridge of its roof lies along `x` or along `z`. */
export type House = {
  x: number;
  z: number;
  halfWidth: number;
  halfDepth: number;
  wallHeight: number;
  roofHeight: number;
  ridgeAlongX: boolean;
  /** 0 to 1: which walls and roof it has. */
  look: number;
  /** A church has a tower, which stands by itself in the list. */
  isTower: boolean;
};

const SPACING = 1.3;
/** Share of the places for a farm that have one. */
const FARMS = 0.55;
/** A house keeps this far from the middle of a path, and from the water. */
const CLEARANCE = 0.14;
const SHADOW = 0.64;
/** The sun stands to the left and behind the land: shadows lie to the right and this way. */
const SHADOW_X = 0.55;
const SHADOW_Z = -0.35;

/** The village on the near side of the bridge: places beside the crossing, and which way each house stands. */
const VILLAGE: readonly (readonly [x: number, z: number, size: number, ridgeAlongX: 0 | 1])[] = [
  [0.98, 2.02, 1, 1],
  [0.72, 2.08, 0.9, 0],
  [0.98, 2.4, 1, 0],
  [1.5, 2.1, 1, 0],
  [1.6, 2.4, 0.9, 1],
  [1.46, 2.72, 1, 1],
  [0.42, 2.22, 0.85, 1],
  [0.92, 2.78, 0.9, 1],
];
const CHURCH = { x: 0.64, z: 2.52 };

/** Farmhouses here and there, and a village. The same seed builds the same ones. */
export class Houses {
  readonly #seed: number;
  readonly #room: (x: number, z: number) => number;
  /** By cell; a land has some hundred. */
  readonly #farms = new Map<number, readonly House[]>();

  /** `room` tells how far a place is from the nearest water or path. */
  constructor(seed: number, room: (x: number, z: number) => number) {
    this.#seed = seed;
    this.#room = room;
  }

  /** Those of a cell of the land; the whole numbers of `x` and `z` by its size. */
  inCell(column: number, row: number): readonly House[] {
    const key = (column + 0x4000) * 0x8000 + row + 0x4000;
    let farms = this.#farms.get(key);
    if (farms === undefined) {
      farms = [...this.#village(column, row), ...this.#farm(column, row)];
      this.#farms.set(key, farms);
    }
    return farms;
  }

  /** Those that stand or throw their shadow here, and a few more. */
  near(x: number, z: number): readonly House[] {
    return this.inCell(Math.floor(x / SPACING), Math.floor(z / SPACING));
  }

  /** All whose place is within a rectangle. */
  within(fromX: number, toX: number, fromZ: number, toZ: number): House[] {
    const houses: House[] = [];
    for (let row = Math.floor(fromZ / SPACING); row <= Math.floor(toZ / SPACING); row++) {
      for (
        let column = Math.floor(fromX / SPACING);
        column <= Math.floor(toX / SPACING);
        column++
      ) {
        houses.push(...this.inCell(column, row));
      }
    }
    return houses.filter(({ x, z }) => x >= fromX && x < toX && z >= fromZ && z < toZ);
  }

  #village(column: number, row: number): House[] {
    const houses = VILLAGE.map(([x, z, size, ridgeAlongX]) => house(x, z, size, ridgeAlongX === 1));
    const nave = { ...house(CHURCH.x, CHURCH.z, 1.35, true), look: 0.3 };
    const tower: House = {
      ...nave,
      x: CHURCH.x - nave.halfWidth - 0.022,
      halfWidth: 0.024,
      halfDepth: 0.024,
      wallHeight: 0.14,
      roofHeight: 0.11,
      isTower: true,
    };
    return [...houses, nave, tower].filter(
      ({ x, z }) => Math.floor(x / SPACING) === column && Math.floor(z / SPACING) === row,
    );
  }

  #farm(column: number, row: number): House[] {
    const of = (what: number) => cellValue(column, row, this.#seed + what);
    if (of(61) > FARMS) return [];
    const x = (column + 0.3 + 0.4 * of(62)) * SPACING;
    const z = (row + 0.3 + 0.4 * of(63)) * SPACING;
    const isInVillage = VILLAGE.some(([vx, vz]) => Math.hypot(vx - x, vz - z) < 0.3);
    if (isInVillage || this.#room(x, z) < CLEARANCE) return [];
    const main = house(x, z, 1 + 0.3 * of(64), of(65) < 0.6);
    const barn = house(x + 0.16, z + 0.05, 0.75, of(65) >= 0.6);
    return this.#room(barn.x, barn.z) < CLEARANCE || of(66) < 0.4 ? [main] : [main, barn];
  }
}

/** The ground with what the houses leave on it: a trodden yard and a shadow. */
export function withHouses(ground: Rgb, x: number, z: number, houses: readonly House[]): Rgb {
  for (const house of houses) {
    const height = house.wallHeight + house.roofHeight * 0.6;
    const dx = x - house.x - (SHADOW_X * height) / 2;
    const dz = z - house.z - (SHADOW_Z * height) / 2;
    const reachX = house.halfWidth + (SHADOW_X * height) / 2;
    const reachZ = house.halfDepth - (SHADOW_Z * height) / 2;
    if (Math.abs(dx) > reachX || Math.abs(dz) > reachZ) continue;
    // A shadow is the house moved along the light: its two corners beside that way stay light.
    const skew = dx / SHADOW_X - dz / SHADOW_Z;
    const widest = house.halfWidth / SHADOW_X - house.halfDepth / SHADOW_Z;
    if (Math.abs(skew) <= widest) return lit(ground, SHADOW);
  }
  return ground;
}

function house(x: number, z: number, size: number, ridgeAlongX: boolean): House {
  const [long, short] = [0.062 * size, 0.04 * size];
  return {
    x,
    z,
    halfWidth: ridgeAlongX ? long : short,
    halfDepth: ridgeAlongX ? short : long,
    wallHeight: 0.042 * size,
    roofHeight: 0.04 * size,
    ridgeAlongX,
    look: cellValue(Math.round(x * 100), Math.round(z * 100), 7),
    isTower: false,
  };
}
