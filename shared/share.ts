import { z } from 'zod';

/** One who watches from outside: where from, what, for how long, and how many pictures it was too slow for. */
const watchingSchema = z.object({
  id: z.number().int(),
  address: z.string(),
  what: z.enum(['mjpeg', 'h264']),
  forMs: z.number(),
  dropped: z.number().int(),
});

export type Watching = z.infer<typeof watchingSchema>;

/** What is shared now. Watching on this computer needs no key; the network does, for everything. */
export const sharingSchema = z.object({
  /** Where this computer's own programs find it: `http://127.0.0.1:8788`. Null where nothing is served. */
  local: z.string().nullable(),
  /** What the network may reach; null while it may reach nothing. */
  network: z
    .object({
      /** Of the interface that was chosen. */
      name: z.string(),
      /** `http://192.168.1.20:8789`, without the key. */
      url: z.string(),
      key: z.string(),
    })
    .nullable(),
  watching: z.array(watchingSchema),
});

export type Sharing = z.infer<typeof sharingSchema>;

/** What people's tools already know; the first is ours. */
export const MJPEG_PATHS = ['/stream.mjpeg', '/api/stream.mjpeg'] as const;
export const SNAPSHOT_PATHS = ['/snapshot.jpg', '/api/frame.jpeg'] as const;
export const H264_PATH = '/stream.h264';

/** Of a picture where nobody says: a camera's own JPEG passes for it as it is. */
export const DEFAULT_QUALITY = 85;

const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high);
const yes = z
  .enum(['0', '1', 'true', 'false'])
  .transform((text) => text === '1' || text === 'true');

/** How an MJPEG stream is wanted. Unknown keys are somebody else's, and ignored; wrong values are not. */
export const streamQuerySchema = z.object({
  /** Below one picture a second players stutter. */
  fps: whole(1, 60).default(30),
  width: whole(16, 3_840).optional(),
  quality: whole(1, 100).default(DEFAULT_QUALITY),
  rotate: z
    .enum(['0', '90', '180', '270'])
    .default('0')
    .transform((text) => Number(text) as 0 | 90 | 180 | 270),
  mirror: yes.default(false),
});
