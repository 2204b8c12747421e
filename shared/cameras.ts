import { z } from 'zod';

export const cameraModeSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  fps: z.number(),
  /** `mjpeg` passes through untouched; every other format is encoded once in the reader. */
  format: z.string(),
});

export const cameraSchema = z.object({
  /** What `source.connect` takes as `device`: a device path, or the platform's own identifier. */
  device: z.string(),
  /** Name as a person knows it, e.g. `Logitech C920`. */
  name: z.string(),
  modes: z.array(cameraModeSchema),
  /** True for the built-in test picture, offered in development only. */
  synthetic: z.boolean(),
});

export type Camera = z.infer<typeof cameraSchema>;
export type CameraMode = z.infer<typeof cameraModeSchema>;
