import type { Vector } from '../vectors.ts';
import { lit, type Rgb, toYuv } from './colours.ts';
import { drawFace } from './faces.ts';
import { lightOn } from './house-faces.ts';
import type { Obstacle } from './scenery.ts';
import { PAD_HEIGHT_M } from './view.ts';

const STONE: Rgb = { r: 182, g: 166, b: 146 };
/** From the land to well above the height a drone hovers at, and to both sides. */
const TOP_M = PAD_HEIGHT_M + 2.2;
const HALF_WIDTH_M = 5;
const COURSE_M = 0.13;
const BLOCK_M = 0.5;
/** Neighbouring blocks differ a little. */
const TONES = [1, 0.93, 1.05, 0.97, 1.02];

/** A wall of blocks across the way, `aheadM` from the landing pad; each block is drawn by its own depth. */
export function wallAt(aheadM: number): Obstacle[] {
  const obstacles: Obstacle[] = [];
  for (let x = -HALF_WIDTH_M; x < HALF_WIDTH_M; x += BLOCK_M) {
    obstacles.push({
      depth: (eye) => eye.project(x + BLOCK_M / 2, eye.at.y, aheadM).depth,
      draw: (canvas, eye) => {
        const isBehind = eye.at.z > aheadM;
        const light = lightOn([0, 0, isBehind ? 1 : -1]);
        for (let course = 0; course * COURSE_M < TOP_M; course++) {
          const tone = TONES[(course * 2 + Math.round(x / BLOCK_M) + 40) % TONES.length] ?? 1;
          const [low, high] = [course * COURSE_M, (course + 1) * COURSE_M];
          const corners: Vector[] = [
            [x, low, aheadM],
            [x + BLOCK_M, low, aheadM],
            [x + BLOCK_M, high, aheadM],
            [x, high, aheadM],
          ];
          drawFace(canvas, eye, corners, toYuv(lit(STONE, light * tone)));
        }
      },
    });
  }
  return obstacles;
}
