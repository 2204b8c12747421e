import { z } from 'zod';

/** How many captures stay at hand; older ones remain on disk. */
export const RECENT_CAPTURES = 10;

export const photoFormats = ['jpeg', 'png'] as const;
export type PhotoFormat = (typeof photoFormats)[number];

export const captureSchema = z.object({
  /** Stable for the life of the app; also the last part of the picture's address. */
  id: z.string(),
  fileName: z.string(),
  path: z.string(),
  sourceName: z.string(),
  takenAtMs: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  sizeBytes: z.number().int(),
  format: z.enum(photoFormats),
  /** True where part of the picture was lost on the way and filled in, for want of a whole one. */
  damaged: z.boolean(),
});

export type Capture = z.infer<typeof captureSchema>;

/** Address of a capture's thumbnail (JPEG), relative to the page, on both hosts. */
export function thumbnailPath(id: string): string {
  return `/captures/${encodeURIComponent(id)}/thumbnail.jpg`;
}
