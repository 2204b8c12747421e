import { combined, cross, dot, scaled, type Vector } from '../vectors.ts';
import { lit, type Rgb, toYuv, type Yuv } from './colours.ts';
import type { House } from './houses.ts';

/** A flat part of a house in metres, its corners counter-clockwise seen from outside, lit already. */
export type Face = { corners: readonly Vector[]; normal: Vector; colour: Yuv; isDetail: boolean };

/** Towards the sun: left, high, behind the land. */
export const SUN: Vector = [-0.55, 0.72, 0.42];
const AMBIENT = 0.72;
const DIRECT = 0.42;
const WALLS: readonly Rgb[] = [
  { r: 232, g: 224, b: 206 },
  { r: 222, g: 206, b: 178 },
  { r: 214, g: 190, b: 166 },
  { r: 240, g: 238, b: 232 },
];
const ROOFS: readonly Rgb[] = [
  { r: 176, g: 86, b: 60 },
  { r: 158, g: 78, b: 58 },
  { r: 140, g: 92, b: 72 },
  { r: 104, g: 96, b: 98 },
];
const WINDOW: Rgb = { r: 70, g: 78, b: 90 };
/** How far the roof reaches beyond the walls. */
const EAVES = 1.13;

/** The faces of a house whose middle stands at a place; lengths of the land become metres. */
export function houseFaces(house: House, xM: number, zM: number, lengthM: number): Face[] {
  const wide = house.halfWidth * lengthM;
  const deep = house.halfDepth * lengthM;
  const eaves = house.wallHeight * lengthM;
  const top = eaves + house.roofHeight * lengthM;
  const wall = WALLS[Math.floor(house.look * WALLS.length)] ?? WINDOW;
  const roof = ROOFS[Math.floor(house.look * ROOFS.length)] ?? WINDOW;
  const faces: Face[] = [];
  // Built with its ridge along its own first axis, and turned where it lies the other way.
  const [half, side] = house.ridgeAlongX ? [wide, deep] : [deep, wide];
  const put = (along: number, y: number, across: number): Vector =>
    house.ridgeAlongX ? [xM + along, y, zM + across] : [xM - across, y, zM + along];
  const add = (colour: Rgb, isDetail: boolean, ...corners: Vector[]) => {
    const normal = normalOf(corners);
    faces.push({ corners, normal, colour: toYuv(lit(colour, lightOn(normal))), isDetail });
  };
  for (const s of [1, -1]) {
    // Turned by half a turn, the other two walls are the same two.
    const at = (along: number, y: number, across: number) => put(s * along, y, s * across);
    add(
      wall,
      false,
      at(-half, 0, -side),
      at(half, 0, -side),
      at(half, eaves, -side),
      at(-half, eaves, -side),
    );
    const gable = house.isTower ? [] : [at(half, top, 0)];
    add(
      wall,
      false,
      at(half, 0, -side),
      at(half, 0, side),
      at(half, eaves, side),
      ...gable,
      at(half, eaves, -side),
    );
    for (const middle of house.isTower ? [0] : [-0.5, 0, 0.5]) {
      const [left, right] = [(middle - 0.13) * half, (middle + 0.13) * half];
      const [low, high] = [
        eaves * (house.isTower ? 0.7 : 0.35),
        eaves * (house.isTower ? 0.88 : 0.72),
      ];
      add(
        WINDOW,
        true,
        at(left, low, -side),
        at(right, low, -side),
        at(right, high, -side),
        at(left, high, -side),
      );
    }
  }
  const [over, out] = [half * EAVES, side * EAVES];
  const low = eaves - (EAVES - 1) * (top - eaves);
  for (const s of [1, -1]) {
    const at = (along: number, y: number, across: number) => put(s * along, y, s * across);
    if (house.isTower) {
      add(roof, false, at(-over, low, -out), at(over, low, -out), at(0, top, 0));
      add(roof, false, at(over, low, -out), at(over, low, out), at(0, top, 0));
    } else {
      add(
        roof,
        false,
        at(-over, low, -out),
        at(over, low, -out),
        at(over, top, 0),
        at(-over, top, 0),
      );
    }
  }
  return faces;
}

export function lightOn(normal: Vector): number {
  return AMBIENT + DIRECT * Math.max(0, dot(normal, SUN));
}

function normalOf([a, b, c]: readonly Vector[]): Vector {
  if (!a || !b || !c) return [0, 1, 0];
  const normal = cross(combined(c, 1, a, -1), combined(b, 1, a, -1));
  return scaled(normal, 1 / Math.hypot(...normal));
}
