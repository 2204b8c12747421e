import { createRequire } from 'node:module';
import { z } from 'zod';
import { readerMissing } from '../camera-failures.ts';

/** The little of OpenCV that reading a camera takes, as the addon of @u4/opencv4nodejs gives it. */
export type Mat = {
  readonly rows: number;
  readonly cols: number;
  readonly empty: boolean;
  getData(): Uint8Array;
  copy(): Mat;
  drawRectangle(from: unknown, to: unknown, colour: unknown, thickness: number): void;
  putText(
    text: string,
    at: unknown,
    font: number,
    scale: number,
    colour: unknown,
    thickness: number,
  ): void;
  release(): void;
};

export type VideoCapture = {
  readAsync(callback: (error: unknown, mat: Mat | undefined) => void): void;
  get(property: number): number;
  set(property: number, value: number): boolean;
  release(): void;
};

export type Opencv = {
  /** Synchronous, and deaf to everything while it lasts; throws strings. */
  VideoCapture: new (
    device: string | number,
    backend: number,
  ) => VideoCapture;
  Mat: new (rows: number, cols: number, type: number, fill: readonly number[]) => Mat;
  Point2: new (x: number, y: number) => unknown;
  Vec3: new (x: number, y: number, z: number) => unknown;
  imencodeAsync(
    extension: string,
    mat: Mat,
    flags: readonly number[],
    callback: (error: unknown, jpeg: Uint8Array | undefined) => void,
  ): void;
  CAP_V4L2: number;
  CAP_AVFOUNDATION: number;
  CAP_DSHOW: number;
  CAP_PROP_FRAME_WIDTH: number;
  CAP_PROP_FRAME_HEIGHT: number;
  CAP_PROP_FPS: number;
  CAP_PROP_FOURCC: number;
  CAP_PROP_CONVERT_RGB: number;
  IMWRITE_JPEG_QUALITY: number;
  CV_8UC3: number;
};

const callable = z.custom<unknown>((value) => typeof value === 'function');
const addonSchema = z.looseObject({
  VideoCapture: callable,
  Mat: callable,
  Point2: callable,
  Vec3: callable,
  imencodeAsync: callable,
  CAP_V4L2: z.number(),
  CAP_AVFOUNDATION: z.number(),
  CAP_DSHOW: z.number(),
  CAP_PROP_FRAME_WIDTH: z.number(),
  CAP_PROP_FRAME_HEIGHT: z.number(),
  CAP_PROP_FPS: z.number(),
  CAP_PROP_FOURCC: z.number(),
  CAP_PROP_CONVERT_RGB: z.number(),
  IMWRITE_JPEG_QUALITY: z.number(),
  CV_8UC3: z.number(),
});

/**
 * Loads the addon from the folder it was built in. The file itself rather than the package around it:
 * that one looks for OpenCV sources first, prints what it found, and takes three times as long.
 */
export function loadOpencv(addonPath: string | undefined): Opencv {
  if (addonPath === undefined) throw readerMissing();
  try {
    const addon: unknown = createRequire(import.meta.url)(addonPath);
    // The border to untyped native code: what is used of it was just looked for.
    return addonSchema.parse(addon) as unknown as Opencv;
  } catch (error) {
    throw readerMissing(error instanceof Error ? firstLine(error.message) : String(error));
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
