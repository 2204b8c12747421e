import type { Canvas } from './canvas.ts';
import { toYuv, type Yuv } from './colours.ts';
import { type Crown, POINTED_CROWNS, ROUND_CROWNS } from './crowns.ts';
import type { Eye, Projected } from './eye.ts';
import { drawFace, isFacing } from './faces.ts';
import { leftInHaze } from './haze.ts';
import { houseFaces, SUN } from './house-faces.ts';
import type { House } from './houses.ts';
import { type Lay, Patches, type Square } from './patches.ts';
import { CANOPIES, type Tree } from './trees.ts';

/** Trees are drawn up to here, in metres, and from higher up farther; on the last part of it they grow to their size. Farther ones are painted on the land. */
const TREES_UP_TO_M = { near: 8, perHeight: 1.2, most: 15, growing: 2.5 };
/** The same for houses. */
const HOUSES_UP_TO_M = { near: 20, perHeight: 2, most: 40, growing: 3 };
/** What is nearer to the eye's own plane is not drawn. */
const NEAREST_M = 0.08;
/** Smaller crowns than this, in points, are left to what is painted. */
const SMALLEST = 0.8;
/** Windows are seen on houses so wide. */
const WINDOWS_FROM = 9;
/** More do not stand in sight anywhere; what is beyond that is not drawn. */
const MOST_THINGS = 8_192;
/** Far to near is decided in steps of this. */
const STEPS_PER_M = 64;
const STEPS = HOUSES_UP_TO_M.most * STEPS_PER_M;
/** Sizes of crowns by the radius painted on the land. */
const ROUND = { radius: 1.12, middle: 1 };
const POINTED = { halfWidth: 0.85, height: 3.3 };
const COLOURS: readonly Yuv[] = CANOPIES.map(toYuv);

/** Something that stands on the land, at its depth. */
export type Obstacle = { depth(eye: Eye): number; draw(canvas: Canvas, eye: Eye): void };
type Thing = { depth: number; draw(canvas: Canvas, eye: Eye): void };

/** Trees and houses, drawn from far to near onto a picture of the land. */
export class Scenery {
  readonly #patches: Patches;
  readonly #lengthM: number;
  readonly #steps: Thing[][] = Array.from({ length: STEPS }, () => []);
  #count = 0;
  #treesUpToM = 0;
  #housesUpToM = 0;

  constructor(square: Square, trees: readonly Tree[], houses: readonly House[]) {
    this.#patches = new Patches(square, trees, houses);
    this.#lengthM = square.lengthM;
  }

  /** `others` stand among them. */
  draw(canvas: Canvas, eye: Eye, others: readonly Obstacle[]): void {
    this.#count = 0;
    for (const other of others) {
      this.#put({ depth: other.depth(eye), draw: (on, from) => other.draw(on, from) });
    }
    const { x, z } = eye.at;
    this.#treesUpToM = upTo(TREES_UP_TO_M, eye);
    this.#housesUpToM = upTo(HOUSES_UP_TO_M, eye);
    this.#patches.around(x, z, this.#housesUpToM, (lay, middleX, middleZ) => {
      if (this.#isInSight(eye, middleX, middleZ)) this.#look(eye, lay, middleX, middleZ);
    });
    for (let step = STEPS - 1; step >= 0; step--) {
      const things = this.#steps[step];
      if (things === undefined || things.length === 0) continue;
      for (const thing of things) thing.draw(canvas, eye);
      things.length = 0;
    }
  }

  #isInSight(eye: Eye, xM: number, zM: number): boolean {
    const reachM = this.#lengthM * 0.8;
    const { column, row, depth } = eye.project(xM, 0, zM);
    if (depth < -reachM) return false;
    if (depth < reachM) return true;
    const margin = (1.5 * reachM * eye.focal) / depth;
    return (
      column > -margin && column < eye.width + margin && row > -margin && row < eye.height + margin
    );
  }

  #look(
    eye: Eye,
    { patch, signX, originX, signZ, originZ }: Lay,
    middleX: number,
    middleZ: number,
  ): void {
    for (const house of patch.houses) {
      const [x, z] = [originX + signX * house.x, originZ + signZ * house.z];
      const { depth } = eye.project(x, 0, z);
      if (depth > 0.2 && depth < this.#housesUpToM) {
        const lengthM = this.#lengthM * grown(this.#housesUpToM - depth, HOUSES_UP_TO_M);
        const draw = (canvas: Canvas) => drawHouse(canvas, eye, house, { x, z, depth, lengthM });
        this.#put({ depth, draw });
      }
    }
    const away = Math.hypot(middleX - eye.at.x, middleZ - eye.at.z);
    if (away > this.#treesUpToM + this.#lengthM) return;
    for (const tree of patch.trees) {
      const [x, z] = [originX + signX * tree.x, originZ + signZ * tree.z];
      const radius = tree.radius * this.#lengthM;
      const foot = eye.project(x, tree.isPointed ? 0 : radius * ROUND.middle, z);
      if (foot.depth < NEAREST_M || foot.depth > this.#treesUpToM) continue;
      const reach = (4 * radius * eye.focal) / foot.depth;
      if (foot.column < -reach || foot.column > eye.width + reach) continue;
      if (foot.row < -reach || foot.row > eye.height + reach) continue;
      const share = grown(this.#treesUpToM - foot.depth, TREES_UP_TO_M);
      this.#put({
        depth: foot.depth,
        draw: (canvas) => drawTree(canvas, eye, tree, foot, { x, z, radius, grown: share }),
      });
    }
  }

  #put(thing: Thing): void {
    if (this.#count >= MOST_THINGS) return;
    this.#count++;
    const step = Math.min(STEPS - 1, Math.max(0, Math.floor(thing.depth * STEPS_PER_M)));
    this.#steps[step]?.push(thing);
  }
}

/** How far away things are drawn, from this high up. */
function upTo(reach: { near: number; perHeight: number; most: number }, eye: Eye): number {
  return Math.min(reach.most, reach.near + reach.perHeight * eye.at.y);
}

/** What comes into sight grows to its size on the last part of the way. */
function grown(insideM: number, { growing }: { growing: number }): number {
  return Math.min(1, insideM / growing);
}

function drawHouse(
  canvas: Canvas,
  eye: Eye,
  house: House,
  { x, z, depth, lengthM }: { x: number; z: number; depth: number; lengthM: number },
): void {
  const width = (house.halfWidth * lengthM * eye.focal) / depth;
  for (const { corners, normal, colour, isDetail } of houseFaces(house, x, z, lengthM)) {
    if (isDetail && width < WINDOWS_FROM) continue;
    if (isFacing(eye, corners, normal)) drawFace(canvas, eye, corners, colour);
  }
}

function drawTree(
  canvas: Canvas,
  eye: Eye,
  tree: Tree,
  foot: Projected,
  { x, z, radius, grown }: { x: number; z: number; radius: number; grown: number },
): void {
  const scale = (grown * eye.focal) / foot.depth;
  const own = COLOURS[tree.green];
  if (!own) return;
  const colour = { ...own, y: own.y * tree.tone };
  const left = leftInHaze(foot.depth);
  if (tree.isPointed) {
    const top = eye.project(x, POINTED.height * radius * grown, z);
    const across = top.column - foot.column;
    const down = foot.row - top.row;
    const length = Math.hypot(across, down);
    const halfWidth = POINTED.halfWidth * radius * scale;
    if (halfWidth < SMALLEST) return;
    // Seen from above there is no tip.
    if (length > 1.3 * halfWidth) {
      const place = {
        column: foot.column + across / 2,
        row: foot.row - down / 2,
        halfWidth,
        halfHeight: length / 2,
      };
      const turn = { sin: across / length, cos: down / length };
      canvas.crown(sized(POINTED_CROWNS, length / 2), place, turn, colour, left);
      return;
    }
  }
  const half = ROUND.radius * radius * scale;
  if (half < SMALLEST) return;
  const [sunX, sunY, sunZ] = SUN;
  const sun = eye.inPicture({ x: sunX, y: sunY, z: sunZ });
  const length = Math.hypot(sun.right, sun.up) || 1;
  const place = { column: foot.column, row: foot.row, halfWidth: half, halfHeight: half };
  const turn = { sin: sun.right / length, cos: sun.up / length };
  canvas.crown(sized(ROUND_CROWNS, half), place, turn, colour, left);
}

/** The one whose points are about as fine as the picture's. */
function sized(crowns: readonly Crown[], half: number): Crown {
  const fitting = crowns.findLast(({ size }) => size >= 2 * half) ?? crowns[0];
  if (!fitting) throw new Error('no crown');
  return fitting;
}
