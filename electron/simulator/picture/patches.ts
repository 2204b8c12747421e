import type { House } from './houses.ts';
import type { Tree } from './trees.ts';

/** The square of land that is there; beyond its edges it goes on mirrored. In its lengths, from the landing pad. */
export type Square = { fromX: number; fromZ: number; lengths: number; lengthM: number };

/** What stands on one length by one length of it. */
export type Patch = { trees: Tree[]; houses: House[] };

/** Where a patch lies: places in it, in lengths, times `sign` and moved by `origin` are metres from the pad. */
export type Lay = { patch: Patch; signX: number; originX: number; signZ: number; originZ: number };

/** Everything that stands on the land, by place. */
export class Patches {
  readonly #square: Square;
  readonly #patches: Patch[];

  constructor(square: Square, trees: readonly Tree[], houses: readonly House[]) {
    this.#square = square;
    const { lengths } = square;
    this.#patches = Array.from({ length: lengths * lengths }, () => ({ trees: [], houses: [] }));
    for (const tree of trees) this.#of(tree)?.trees.push(tree);
    for (const house of houses) this.#of(house)?.houses.push(house);
  }

  /** Every patch within a square around a place, with the middle of each, in metres. */
  around(
    xM: number,
    zM: number,
    reachM: number,
    see: (lay: Lay, xM: number, zM: number) => void,
  ): void {
    const { fromX, fromZ, lengths, lengthM } = this.#square;
    const reach = reachM / lengthM;
    const [middleX, middleZ] = [xM / lengthM - fromX, zM / lengthM - fromZ];
    for (let row = Math.floor(middleZ - reach); row <= middleZ + reach; row++) {
      const z = folded(row, lengths);
      for (let column = Math.floor(middleX - reach); column <= middleX + reach; column++) {
        const x = folded(column, lengths);
        const patch = this.#patches[z.index * lengths + x.index];
        if (!patch) continue;
        const lay = {
          patch,
          signX: x.sign * lengthM,
          originX: (x.origin + fromX * (1 - x.sign)) * lengthM,
          signZ: z.sign * lengthM,
          originZ: (z.origin + fromZ * (1 - z.sign)) * lengthM,
        };
        see(lay, (column + 0.5 + fromX) * lengthM, (row + 0.5 + fromZ) * lengthM);
      }
    }
  }

  #of({ x, z }: { x: number; z: number }): Patch | undefined {
    const { fromX, fromZ, lengths } = this.#square;
    const [column, row] = [Math.floor(x - fromX), Math.floor(z - fromZ)];
    const isInside = column >= 0 && row >= 0 && column < lengths && row < lengths;
    return isInside ? this.#patches[row * lengths + column] : undefined;
  }
}

/** Which of `count` cells a cell beyond the edge mirrors: place `p` of it lies at `origin + sign * p`, both from the near edge. */
function folded(cell: number, count: number): { index: number; sign: 1 | -1; origin: number } {
  const turn = Math.floor(cell / (2 * count));
  const within = cell - 2 * count * turn;
  const start = 2 * count * turn;
  if (within < count) return { index: within, sign: 1, origin: start };
  return { index: 2 * count - 1 - within, sign: -1, origin: start + 2 * count };
}
