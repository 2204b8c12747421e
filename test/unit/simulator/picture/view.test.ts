import { beforeAll, describe, expect, it } from 'vitest';
import type { Planes } from '../../../../electron/simulator/bitstream/encoder.ts';
import { POSE_AT_START, type Pose } from '../../../../electron/simulator/picture/pose.ts';
import { View, type ViewOptions } from '../../../../electron/simulator/picture/view.ts';
import { wallAt } from '../../../../electron/simulator/picture/wall.ts';
import { paintWorld, type World } from '../../../../electron/simulator/picture/world.ts';

const WIDTH = 320;
const HEIGHT = 240;
/** Far more than it takes, on a busy machine too. */
const PAINTING_MS = 60_000;

describe('what the simulated drone sees', () => {
  let world: World;
  const view = new View(WIDTH, HEIGHT);

  beforeAll(async () => {
    world = await paintWorld(1, new AbortController().signal);
  }, PAINTING_MS);

  function look(pose: Partial<Pose>, atMs = 0, options: ViewOptions = {}): Planes {
    const planes: Planes = {
      y: new Uint8Array(WIDTH * HEIGHT),
      u: new Uint8Array((WIDTH * HEIGHT) / 4),
      v: new Uint8Array((WIDTH * HEIGHT) / 4),
      strideY: WIDTH,
      strideUv: WIDTH / 2,
    };
    view.paint(planes, world, { ...POSE_AT_START, ...pose }, atMs, options);
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

  it('is alive before take-off: clouds, their shadows and the water move', () => {
    const before = look({}).y;
    const after = look({}, 3_000).y;
    const changed = (fromRow: number, toRow: number) => {
      let count = 0;
      for (let at = fromRow * WIDTH; at < toRow * WIDTH; at++) {
        if (Math.abs((before[at] ?? 0) - (after[at] ?? 0)) > 1) count++;
      }
      return count;
    };
    expect(changed(0, 80)).toBeGreaterThan(100);
    expect(changed(120, HEIGHT)).toBeGreaterThan(100);
  });

  it('has a wall in its way, from the one side and the other', () => {
    const obstacles = wallAt(2);
    for (const pose of [{}, { zM: 4, yaw: Math.PI }]) {
      const free = look(pose);
      const blocked = look(pose, 0, { obstacles });
      expect(blueness(free, 2, 0, WIDTH / 2)).toBeGreaterThan(135);
      expect(blueness(blocked, 2, 0, WIDTH / 2)).toBeLessThan(128);
    }
    const turned = look({ yaw: Math.PI }, 0, { obstacles });
    expect(blueness(turned, 2, 0, WIDTH / 2)).toBeGreaterThan(135);
  });

  it('looks straight down without colours', () => {
    const { y, u, v } = look({}, 0, { looksDown: true });
    expect(new Set([...u, ...v])).toEqual(new Set([128]));
    // The white H of the landing pad on its disc.
    const row = y.subarray((HEIGHT / 2) * WIDTH, (HEIGHT / 2 + 1) * WIDTH);
    expect(row[WIDTH / 2]).toBeGreaterThan((row[WIDTH / 2 + 70] ?? 255) + 15);
  });

  it('ends in haze without an edge, seen from high up', () => {
    const { y } = look({ heightM: 10 });
    const rows = Array.from({ length: 20 }, (_, i) => y[(88 + i) * WIDTH] ?? 0);
    const steps = rows.slice(1).map((light, i) => Math.abs(light - (rows[i] ?? 0)));
    expect(Math.max(...steps)).toBeLessThanOrEqual(2);
  });

  it('goes on for ever, at any place and height', () => {
    for (const pose of [{ xM: 1e4, zM: -1e4 }, { heightM: 30 }, { pitch: 1.7 }, { pitch: -1.7 }]) {
      const { y } = look(pose);
      // Video black is 16: nothing is left unpainted.
      expect(Math.min(...y)).toBeGreaterThanOrEqual(16);
    }
  });
});
