import { lit, mixed, type Rgb } from './colours.ts';
import { cellValue, smoothNoise, step } from './noise.ts';

/** Greens of the crowns: by the tree, from fresh to deep. */
export const CANOPIES: readonly Rgb[] = [
  { r: 92, g: 128, b: 52 },
  { r: 72, g: 112, b: 50 },
  { r: 58, g: 98, b: 46 },
  { r: 48, g: 84, b: 52 },
];
/** One tree at most in each cell of this size, in picture widths of the nearest row. */
const SPACING = 0.062;
const GROUND_GREEN: Rgb = { r: 66, g: 104, b: 48 };
/** Where noise of this wavelength is above the share, the trees are firs. */
const FIRS = { perLength: 0.8, from: 0.58 };

export type Tree = {
  x: number;
  z: number;
  radius: number;
  tone: number;
  /** Which of the greens. */
  green: number;
  isPointed: boolean;
};

export const TREE_ROWS_PER_LENGTH = 1 / SPACING;

/** Round crowns with shadows in a jittered grid; how many stand where is up to `density`. */
export class Trees {
  readonly #seed: number;
  readonly #density: (x: number, z: number) => number;
  /** Neighbouring pixels mostly see the same trees. */
  #near: { column: number; row: number; trees: readonly Tree[] } | null = null;

  /** `density` is the probability, 0 to 1, that a tree stands at a place. */
  constructor(seed: number, density: (x: number, z: number) => number) {
    this.#seed = seed;
    this.#density = density;
  }

  /** The ground's colour with the trees that stand on it. */
  colourAt(ground: Rgb, x: number, z: number): Rgb {
    let colour = ground;
    for (const tree of this.#around(Math.floor(x / SPACING), Math.floor(z / SPACING))) {
      const { radius } = tree;
      const shadow = Math.hypot(x - tree.x - radius * 0.45, z - tree.z + radius * 0.5) / radius;
      if (shadow < 1.05) colour = lit(colour, 1 - 0.32 * (1 - step(0.8, 1.05, shadow)));
      const crown = Math.hypot(x - tree.x, z - tree.z) / radius;
      if (crown > 1.04) continue;
      const leaves = smoothNoise(x * 130, z * 130, this.#seed + 56);
      const sun = 1 + 0.28 * ((tree.x - x) / radius + (z - tree.z) / radius);
      const canopy = CANOPIES[tree.green] ?? GROUND_GREEN;
      const green = lit(canopy, sun * tree.tone * (0.82 + 0.36 * leaves));
      colour = mixed(colour, green, 1 - step(0.86, 1.04, crown));
    }
    return colour;
  }

  /** All whose cells are in a row of cells: `z` from the row's edge on, `x` between two places. */
  inRow(row: number, fromX: number, toX: number): Tree[] {
    const trees: Tree[] = [];
    for (let column = Math.floor(fromX / SPACING); column < toX / SPACING; column++) {
      const tree = this.#tree(column, row);
      if (tree) trees.push(tree);
    }
    return trees;
  }

  /** The trees of a cell and its neighbours, far to near: nearer crowns cover farther ones and every shadow. */
  #around(column: number, row: number): readonly Tree[] {
    if (this.#near?.column === column && this.#near.row === row) return this.#near.trees;
    const trees: Tree[] = [];
    for (let nearRow = row + 1; nearRow >= row - 1; nearRow--) {
      for (let nearColumn = column - 1; nearColumn <= column + 1; nearColumn++) {
        const tree = this.#tree(nearColumn, nearRow);
        if (tree) trees.push(tree);
      }
    }
    this.#near = { column, row, trees };
    return trees;
  }

  #tree(column: number, row: number): Tree | null {
    const seed = this.#seed;
    const x = (column + 0.25 + 0.5 * cellValue(column, row, seed + 53)) * SPACING;
    const z = (row + 0.25 + 0.5 * cellValue(column, row, seed + 54)) * SPACING;
    if (cellValue(column, row, seed + 52) > this.#density(x, z)) return null;
    const radius = SPACING * (0.4 + 0.26 * cellValue(column, row, seed + 55));
    const isPointed = smoothNoise(x * FIRS.perLength, z * FIRS.perLength, seed + 58) > FIRS.from;
    const green = Math.floor(cellValue(column, row, seed + 59) * 3);
    return {
      x,
      z,
      radius,
      tone: 0.84 + 0.26 * cellValue(column, row, seed + 57),
      green: isPointed ? CANOPIES.length - 1 : green,
      isPointed,
    };
  }
}
