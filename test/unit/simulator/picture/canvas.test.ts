import { describe, expect, it } from 'vitest';
import { Canvas } from '../../../../electron/simulator/picture/canvas.ts';
import { ROUND_CROWNS } from '../../../../electron/simulator/picture/crowns.ts';

const SIZE = 64;
const WHITE = { y: 200, u: 90, v: 160 };

function blank(): Canvas {
  const plane = (value: number) => new Uint8Array(SIZE * SIZE).fill(value);
  return new Canvas(SIZE, SIZE, plane(50), { u: plane(128), v: plane(128), strideUv: SIZE });
}

describe('the canvas', () => {
  it('fills a polygon where it is, its edges in part', () => {
    const canvas = blank();
    canvas.fill([10.25, 20.25, 20.25, 10.25], [10, 10, 19, 19], WHITE, 256);
    expect(canvas.y[15 * SIZE + 15]).toBe(200);
    expect(canvas.u[15 * SIZE + 15]).toBe(90);
    expect(canvas.y[9 * SIZE + 15]).toBe(50);
    expect(canvas.y[15 * SIZE + 22]).toBe(50);
    const edge = canvas.y[15 * SIZE + 10] ?? 0;
    expect(edge).toBeGreaterThan(50);
    expect(edge).toBeLessThan(200);
  });

  it('draws nothing beyond its edges', () => {
    const canvas = blank();
    canvas.fill([-90, 300, 300, -90], [-50, -50, 300, 300], WHITE, 256);
    expect(Math.min(...canvas.y.subarray(SIZE + 1, 2 * SIZE - 1))).toBe(200);
    expect(canvas.y).toHaveLength(SIZE * SIZE);
    const [crown] = ROUND_CROWNS;
    if (!crown) throw new Error('no crown');
    const upright = { sin: 0, cos: 1 };
    for (const [column, row] of [
      [-5, -5],
      [70, 70],
      [500, 30],
    ]) {
      const place = { column: column ?? 0, row: row ?? 0, halfWidth: 20, halfHeight: 20 };
      canvas.crown(crown, place, upright, WHITE, 256);
    }
    expect(canvas.y[30 * SIZE + 30]).toBe(200);
  });

  it('turns a crown towards its light', () => {
    const [crown] = ROUND_CROWNS;
    if (!crown) throw new Error('no crown');
    const place = { column: 32, row: 32, halfWidth: 25, halfHeight: 25 };
    const sides = (turn: { sin: number; cos: number }) => {
      const canvas = blank();
      canvas.crown(crown, place, turn, { ...WHITE, y: 100 }, 256);
      const sum = (rows: [number, number], columns: [number, number]) => {
        let light = 0;
        for (let row = rows[0]; row < rows[1]; row++) {
          for (let column = columns[0]; column < columns[1]; column++) {
            light += canvas.y[row * SIZE + column] ?? 0;
          }
        }
        return light;
      };
      const all: [number, number] = [22, 42];
      return {
        above: sum([14, 24], all) - sum([40, 50], all),
        right: sum(all, [40, 50]) - sum(all, [14, 24]),
      };
    };
    expect(sides({ sin: 0, cos: 1 }).above).toBeGreaterThan(1_000);
    expect(sides({ sin: 1, cos: 0 }).right).toBeGreaterThan(1_000);
    expect(sides({ sin: 0, cos: -1 }).above).toBeLessThan(-1_000);
  });
});
