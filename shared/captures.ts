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

/** Where thumbnails (JPEG) are served, on both hosts; `:id` stands for a capture. */
export const THUMBNAIL_ROUTE = '/captures/:id/thumbnail.jpg';
/** Where the kept pictures themselves are served, as they lie on the disk. */
export const PICTURE_ROUTE = '/captures/:id/picture';
/** The longest id any request takes, each of its characters escaped. */
const MAX_ESCAPED_ID = 3 * 128;

/** Address of a capture's thumbnail, relative to the page. */
export function thumbnailPath(id: string): string {
  return THUMBNAIL_ROUTE.replace(':id', () => encodeURIComponent(id));
}

/** Address of the picture itself, relative to the page. */
export function picturePath(id: string): string {
  return PICTURE_ROUTE.replace(':id', () => encodeURIComponent(id));
}

/** The capture a thumbnail's address names; null for any other address. */
export function thumbnailId(pathname: string): string | null {
  return idIn(THUMBNAIL_ROUTE, pathname);
}

/** The capture a picture's address names; null for any other address. */
export function pictureId(pathname: string): string | null {
  return idIn(PICTURE_ROUTE, pathname);
}

function idIn(route: string, pathname: string): string | null {
  const [before = '', after = ''] = route.split(':id');
  if (!pathname.startsWith(before) || !pathname.endsWith(after)) return null;
  const escaped = pathname.slice(before.length, -after.length);
  if (escaped === '' || escaped.length > MAX_ESCAPED_ID || escaped.includes('/')) return null;
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
