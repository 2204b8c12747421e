import { describe, expect, it } from 'vitest';
import { arcThrough } from '../../../../electron/simulator/drone/arc.ts';

describe('an arc', () => {
  it('has the radius and the length of the circle through three points', () => {
    const half = arcThrough({ xCm: 100, yCm: 100, zCm: 0 }, { xCm: 200, yCm: 0, zCm: 0 });
    expect(half?.radiusCm).toBeCloseTo(100);
    expect(half?.lengthCm).toBeCloseTo(100 * Math.PI);
    const most = arcThrough({ xCm: 200, yCm: 0, zCm: 0 }, { xCm: 100, yCm: 0, zCm: -100 });
    expect(most?.lengthCm).toBeCloseTo(150 * Math.PI);
  });

  it.each([
    ['a straight line', { xCm: 50, yCm: 0, zCm: 0 }, { xCm: 100, yCm: 0, zCm: 0 }],
    ['twice the same place', { xCm: 50, yCm: 0, zCm: 0 }, { xCm: 50, yCm: 0, zCm: 0 }],
    ['too narrow', { xCm: 20, yCm: 20, zCm: 0 }, { xCm: 40, yCm: 0, zCm: 0 }],
    ['too wide', { xCm: 250, yCm: 5, zCm: 0 }, { xCm: 500, yCm: 0, zCm: 0 }],
  ])('is none: %s', (_what, via, to) => {
    expect(arcThrough(via, to)).toBeNull();
  });
});
