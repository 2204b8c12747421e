import { describe, expect, it } from 'vitest';
import { Patches } from '../../../../electron/simulator/picture/patches.ts';
import type { Tree } from '../../../../electron/simulator/picture/trees.ts';

const SQUARE = { fromX: -2, fromZ: -1, lengths: 4, lengthM: 2 };

function tree(x: number, z: number): Tree {
  return { x, z, radius: 0.03, tone: 1, green: 0, isPointed: false };
}

describe('what stands on the land', () => {
  const patches = new Patches(SQUARE, [tree(0.3, 0.4), tree(1.9, 0.4)], []);

  /** Where trees are seen around a place, in metres. */
  function treesAround(xM: number, zM: number, reachM: number): [number, number][] {
    const seen: [number, number][] = [];
    patches.around(xM, zM, reachM, ({ patch, signX, originX, signZ, originZ }) => {
      for (const { x, z } of patch.trees) seen.push([originX + signX * x, originZ + signZ * z]);
    });
    return seen.map(([x, z]) => [Number(x.toFixed(6)), Number(z.toFixed(6))]);
  }

  it('is found by place, in metres', () => {
    expect(treesAround(0.5, 0.5, 0.1)).toEqual([[0.6, 0.8]]);
  });

  it('stands mirrored beyond the edges, on both sides', () => {
    // The right edge is 4 m from the landing pad, the left one as far.
    expect(treesAround(4.2, 0.8, 0.1)).toEqual([[4.2, 0.8]]);
    expect(treesAround(-8.6, 0.8, 0.1)).toEqual([[-8.6, 0.8]]);
    // The near edge is 2 m behind it.
    expect(treesAround(0.6, -4.8, 0.1)).toEqual([[0.6, -4.8]]);
    // And twice mirrored it is as it was.
    expect(treesAround(16.6, 0.8, 0.1)).toEqual([[16.6, 0.8]]);
  });

  it('looks at no more than asked', () => {
    const middles: [number, number][] = [];
    patches.around(1, 1, 0.5, (_lay, x, z) => middles.push([x, z]));
    expect(middles).toEqual([[1, 1]]);
  });
});
