import { z } from 'zod';

const itemKinds = ['photo', 'film', 'flight'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** What requests name an item by: made from its file's name, and never a path. */
export const itemIdSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

export const itemSchema = z.object({
  id: itemIdSchema,
  kind: z.enum(itemKinds),
  fileName: z.string(),
  sizeBytes: z.number(),
  /** When it was written last; with the size it tells whether a picture of it is still true. */
  changedAtMs: z.number(),
  /** From its name where it is ours, else when it was written last. */
  takenAtMs: z.number(),
  /** `2026-11-21`, on the clock of the station: what the list is divided by. */
  day: z.string(),
  mediaType: z.string(),
});

export type Item = z.infer<typeof itemSchema>;

/** A screenful and some; the next one comes with `after`. */
const MAX_PAGE_ITEMS = 200;

export const pageRequestSchema = z.strictObject({
  kinds: z.array(z.enum(itemKinds)).min(1).max(itemKinds.length).optional(),
  /** Where the page before ended: its `next`. */
  after: z.string().max(64).optional(),
  limit: z.number().int().min(1).max(MAX_PAGE_ITEMS).default(60),
});

export type PageRequest = z.output<typeof pageRequestSchema>;

export const pageSchema = z.object({
  folder: z.string(),
  /** Newest first. */
  items: z.array(itemSchema),
  /** Null where there are no more. */
  next: z.string().nullable(),
  counts: z.object({ photo: z.number(), film: z.number(), flight: z.number() }),
  /** The folder holds more than is listed; the oldest are left out. */
  truncated: z.boolean(),
});

export type Page = z.infer<typeof pageSchema>;

/** Said when something came, went or changed: whatever list is on screen is asked for again. */
export const libraryChangeSchema = z.object({ revision: z.number().int() });

const MAX_SELECTED = 500;
export const selectionSchema = z.strictObject({
  ids: z.array(itemIdSchema).min(1).max(MAX_SELECTED),
});

export const trashedSchema = z.object({
  trashed: z.array(itemIdSchema),
  /** Names of those that could not be moved there. */
  failed: z.array(z.string()),
  /** For `library.restore`; null where this system's trash does not give back. */
  undo: z.string().nullable(),
});

export type Trashed = z.infer<typeof trashedSchema>;

/** Where files of the library are served, on both hosts; `:id` stands for an item. Ranges are understood. */
export const ITEM_FILE_ROUTE = '/library/:id/file';
export const ITEM_THUMBNAIL_ROUTE = '/library/:id/thumbnail.jpg';

/** Address of an item's file, relative to the page. */
export function itemFilePath(id: string): string {
  return ITEM_FILE_ROUTE.replace(':id', id);
}

/** Address of an item's thumbnail; a flight log has none. */
export function itemThumbnailPath(id: string): string {
  return ITEM_THUMBNAIL_ROUTE.replace(':id', id);
}

const ITEM_ADDRESS = /^\/library\/([A-Za-z0-9_-]{22})\/(file|thumbnail\.jpg)$/;

/** The item an address names, and what of it; null for any other address. */
export function itemOfPath(pathname: string): { id: string; part: 'file' | 'thumbnail' } | null {
  const [, id, part] = ITEM_ADDRESS.exec(pathname) ?? [];
  if (id === undefined) return null;
  return { id, part: part === 'file' ? 'file' : 'thumbnail' };
}
