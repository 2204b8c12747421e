import { z } from 'zod';

export const cameraModeSchema = z.object({
  width: z.number().int(),
  height: z.number().int(),
  fps: z.number(),
  /** `mjpeg` passes through untouched; every other format is encoded once in the reader. */
  format: z.string(),
});

export const cameraSchema = z.object({
  /** Where it is now: a device path, or the platform's own identifier. Another camera may be there tomorrow. */
  device: z.string(),
  /** What `source.connect` takes as `device` to find this very camera again, wherever it is. */
  id: z.string(),
  /** Name as a person knows it, e.g. `Logitech C920`; where two have the same, what tells them apart as well. */
  name: z.string(),
  modes: z.array(cameraModeSchema),
  /** True for the built-in test picture, offered in development only. */
  synthetic: z.boolean(),
});

export type Camera = z.infer<typeof cameraSchema>;
export type CameraMode = z.infer<typeof cameraModeSchema>;
