import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../renderer/live/cockpit-layout.ts';

const drone = 4 / 3;
const camera = 16 / 9;

describe('the cockpit', () => {
  it.each([
    [1280, 800, drone, 'rails', 'named', 1],
    [844, 390, drone, 'rails', 'wide', 1],
    [1194, 834, drone, 'rails', 'narrow', 1],
    [1024, 768, drone, 'rails', 'narrow', 1],
    [320, 200, drone, 'rails', 'narrow', 1],
    [390, 844, drone, 'stack', 'named', 1],
    [768, 1024, drone, 'stack', 'named', 1],
    [1920, 1080, drone, 'rails', 'wide', 1.35],
    [3840, 2160, drone, 'rails', 'wide', 2],
    [1920, 1080, camera, 'edges', 'narrow', 1.35],
    [1280, 800, camera, 'edges', 'narrow', 1],
    [3440, 1440, camera, 'rails', 'wide', 1.8],
    [390, 844, camera, 'stack', 'named', 1],
    [1280, 800, 3 / 4, 'rails', 'wide', 1],
  ] as const)('at %i × %i, with a picture of %f: %s, %s rails, unit %f', (...line) => {
    const [width, height, aspect, arrangement, rail, unit] = line;
    expect(layOut({ width, height }, aspect)).toMatchObject({ arrangement, rail, unit });
  });

  it('shows a picture of the right shape inside the window, at any size', () => {
    for (let width = 240; width < 4_000; width += 97) {
      for (let height = 200; height < 2_400; height += 83) {
        for (const aspect of [3 / 4, drone, camera, 9 / 16]) {
          const { picture, arrangement, unit } = layOut({ width, height }, aspect);
          expect(picture.width / picture.height).toBeCloseTo(aspect, 5);
          expect(picture.width).toBeGreaterThan(60);
          expect(picture.x).toBeGreaterThanOrEqual(0);
          expect(picture.y).toBeGreaterThanOrEqual(0);
          expect(picture.x + picture.width).toBeLessThanOrEqual(width + 0.01);
          expect(picture.y + picture.height).toBeLessThanOrEqual(height + 0.01);
          // Controls have their room, wherever the picture must not be covered.
          if (arrangement === 'rails') expect(picture.x).toBeGreaterThanOrEqual(52 * unit - 0.01);
          if (arrangement === 'stack') {
            expect(height - picture.y - picture.height).toBeGreaterThanOrEqual(128 * unit - 0.01);
          }
          if (aspect <= drone) expect(arrangement).not.toBe('edges');
        }
      }
    }
  });

  it.each([
    [1280, 800, 1.5, 1.5],
    [1280, 800, 0.85, 0.85],
    [1920, 1080, 1.3, 1.755],
    // A phone has no room for more: nothing may fall off its edge.
    [390, 844, 1.5, 390 / 360],
    [320, 200, 1.5, 1],
  ] as const)('at %i × %i, wished for times %f, everything is drawn times %f', (...line) => {
    const [width, height, wish, unit] = line;
    expect(layOut({ width, height }, drone, wish).unit).toBeCloseTo(unit, 5);
  });

  it('loses next to nothing of a drone’s picture on common screens', () => {
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
      [844, 390],
      [1194, 834],
      [390, 844],
    ] as const) {
      const whole = Math.min(width, height * drone);
      expect(layOut({ width, height }, drone).picture.width / whole).toBeGreaterThan(0.97);
    }
  });
});
