import { describe, expect, it } from 'vitest';
import { Eye } from '../../../../electron/simulator/picture/eye.ts';

const pose = { xM: 2, zM: -1, heightM: 0, yaw: 0.7, pitch: -0.2, roll: 0.4 };

describe('the pinhole', () => {
  const eye = new Eye(480, 360, pose, -0.13, 1.5);

  it.each([
    [0, 0],
    [479, 0],
    [100, 200],
    [479, 359],
  ])('sees a place on the ray of point %i, %i there', (column, row) => {
    const left = eye.leftOf(row);
    const { stepRight, at } = eye;
    const seen = eye.project(
      at.x + 3 * (left.x + column * stepRight.x),
      at.y + 3 * (left.y + column * stepRight.y),
      at.z + 3 * (left.z + column * stepRight.z),
    );
    expect(seen.column).toBeCloseTo(column, 6);
    expect(seen.row).toBeCloseTo(row, 6);
    expect(seen.depth).toBeCloseTo(3, 6);
  });

  it('knows what is behind it', () => {
    expect(
      eye.project(eye.at.x - eye.ahead.x, eye.at.y, eye.at.z - eye.ahead.z).depth,
    ).toBeLessThan(0);
  });

  it('turns the sky to the right when its right side goes down', () => {
    const { right, up } = eye.inPicture({ x: 0, y: 1, z: 0 });
    expect(right).toBeLessThan(0);
    expect(up).toBeGreaterThan(0.7);
  });
});
