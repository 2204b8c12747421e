import type { Vector } from '../vectors.ts';
import type { Canvas } from './canvas.ts';
import type { Yuv } from './colours.ts';
import type { Eye } from './eye.ts';
import { leftInHaze } from './haze.ts';

/** What is nearer than this is cut off. */
const NEAREST_M = 0.05;

/** Fills a flat convex face, cut off in front of the eye. */
export function drawFace(canvas: Canvas, eye: Eye, corners: readonly Vector[], colour: Yuv): void {
  const columns: number[] = [];
  const rows: number[] = [];
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, corner] of corners.entries()) {
    const next = corners[(i + 1) % corners.length] ?? corner;
    const from = ahead(eye, corner);
    const to = ahead(eye, next);
    if (from >= NEAREST_M) add(corner);
    if (from >= NEAREST_M !== to >= NEAREST_M) {
      const part = (NEAREST_M - from) / (to - from);
      add([
        between(corner[0], next[0], part),
        between(corner[1], next[1], part),
        between(corner[2], next[2], part),
      ]);
    }
    nearest = Math.min(nearest, from);
  }
  if (columns.length < 3) return;
  canvas.fill(columns, rows, colour, leftInHaze(nearest));

  function add([x, y, z]: Vector): void {
    const { column, row } = eye.project(x, y, z);
    columns.push(column);
    rows.push(row);
  }
}

/** Whether the eye is on the side a face looks to. */
export function isFacing(eye: Eye, [corner]: readonly Vector[], normal: Vector): boolean {
  if (!corner) return false;
  const { x, y, z } = eye.at;
  return (
    (x - corner[0]) * normal[0] + (y - corner[1]) * normal[1] + (z - corner[2]) * normal[2] > 0
  );
}

function ahead(eye: Eye, [x, y, z]: Vector): number {
  return (x - eye.at.x) * eye.ahead.x + (y - eye.at.y) * eye.ahead.y + (z - eye.at.z) * eye.ahead.z;
}

function between(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
