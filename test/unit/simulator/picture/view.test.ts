import { beforeAll, describe, expect, it } from 'vitest';
import type { Planes } from '../../../../electron/simulator/bitstream/encoder.ts';
import { POSE_AT_START, type Pose } from '../../../../electron/simulator/picture/pose.ts';
import { View } from '../../../../electron/simulator/picture/view.ts';
import { paintWorld, type World } from '../../../../electron/simulator/picture/world.ts';

const WIDTH = 320;
const HEIGHT = 240;

describe('what the simulated drone sees', () => {
  let world: World;
  const view = new View(WIDTH, HEIGHT);

  beforeAll(async () => {
    world = await paintWorld(1, new AbortController().signal);
  });

  function look(pose: Partial<Pose>): Planes {
    const planes: Planes = {
      y: new Uint8Array(WIDTH * HEIGHT),
      u: new Uint8Array((WIDTH * HEIGHT) / 4),
      v: new Uint8Array((WIDTH * HEIGHT) / 4),
      strideY: WIDTH,
      strideUv: WIDTH / 2,
    };
    view.paint(planes, world, { ...POSE_AT_START, ...pose }, 0);
    return planes;
  }

  /** How blue a part of the picture is: sky is, land is not. */
  function blueness({ u }: Planes, row: number, from: number, to: number): number {
    const line = u.subarray((row * WIDTH) / 2 + from, (row * WIDTH) / 2 + to);
    return line.reduce((sum, value) => sum + value, 0) / line.length;
  }

  it('is sky above and land below', () => {
    const level = look({});
    expect(blueness(level, 2, 0, WIDTH / 2)).toBeGreaterThan(135);
    expect(blueness(level, HEIGHT / 2 - 2, 0, WIDTH / 2)).toBeLessThan(120);
  });

  it('leans: with the right side down, the sky comes in from the left', () => {
    const leaning = look({ roll: 0.9 });
    const row = HEIGHT / 4;
    expect(blueness(leaning, row, 0, 10)).toBeGreaterThan(blueness(leaning, row, 150, 160) + 10);
  });

  it('hangs upside down in the middle of a flip', () => {
    const over = look({ roll: Math.PI, pitch: 0.13 });
    expect(blueness(over, HEIGHT / 2 - 2, 0, WIDTH / 2)).toBeGreaterThan(blueness(over, 2, 0, 160));
  });

  it('changes with every way of moving', () => {
    const still = Buffer.from(look({}).y);
    for (const pose of [{ xM: 0.3 }, { zM: 0.3 }, { heightM: 0.3 }, { yaw: 0.1 }, { pitch: 0.1 }]) {
      expect(Buffer.from(look(pose).y).equals(still)).toBe(false);
    }
  });

  it('goes on for ever, at any place and height', () => {
    for (const pose of [{ xM: 1e4, zM: -1e4 }, { heightM: 30 }, { pitch: 1.7 }, { pitch: -1.7 }]) {
      const { y } = look(pose);
      // Video black is 16: nothing is left unpainted.
      expect(Math.min(...y)).toBeGreaterThanOrEqual(16);
    }
  });
});
