import { z } from 'zod';
import { cameraModeSchema, cameraSchema } from '../../../shared/cameras.ts';
import { MAX_PICTURE_PIXELS } from '../../../shared/picture-bounds.ts';
import { failureSchema } from '../../../shared/result.ts';

/**
 * What the station and its reader process say to each other. Both ends parse what they get: the
 * reader runs drivers and native code, so nothing it says is taken on trust.
 */

/** A 4K JPEG of the best quality is about 8 MB; anything beyond this is not a picture. */
export const MAX_PICTURE_BYTES = 32 * 1024 * 1024;
/** Far more cameras and modes than any machine has. */
const MAX_CAMERAS = 64;
const MAX_MODES = 512;

const readerKinds = ['ffmpeg', 'opencv'] as const;
export type ReaderKind = (typeof readerKinds)[number];

const wantedModeSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  fps: z.number().positive(),
});
export type WantedMode = z.infer<typeof wantedModeSchema>;

/** What a camera is known by when it is gone; see `reader/camera-identity.ts`. */
const cameraMarkSchema = z.object({
  name: z.string().max(256),
  device: z.string().max(1_024),
  unit: z.string().max(1_024).optional(),
  place: z.string().max(1_024).optional(),
});
export type CameraMark = z.infer<typeof cameraMarkSchema>;

const openCommandSchema = z.object({
  type: z.literal('open'),
  reader: z.enum(readerKinds),
  /** Path, id, name or `test`; absent = the first camera. */
  device: z.string().optional(),
  /** Set after a loss: this very camera is wanted, wherever it is now. */
  lost: cameraMarkSchema.optional(),
  mode: wantedModeSchema.optional(),
  /** The OpenCV addon's file; needed by the OpenCV reader only. */
  addonPath: z.string().optional(),
});
export type OpenCommand = z.infer<typeof openCommandSchema>;

export const toReaderSchema = z.discriminatedUnion('type', [
  openCommandSchema,
  z.object({ type: z.literal('list') }),
  /** The picture was taken over; another may be sent. */
  z.object({ type: z.literal('consumed'), seq: z.number().int() }),
  z.object({ type: z.literal('close') }),
]);
export type ToReader = z.infer<typeof toReaderSchema>;

const count = z.number().int().nonnegative();

export const fromReaderSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('opened'),
    name: z.string().max(256),
    device: z.string().max(1_024),
    mark: cameraMarkSchema,
    mode: cameraModeSchema,
    /** True where the camera's own JPEG goes on untouched. */
    passThrough: z.boolean(),
  }),
  z
    .object({
      type: z.literal('picture'),
      seq: count,
      width: z.number().int().positive().max(65_535),
      height: z.number().int().positive().max(65_535),
      /** When the reader had it in hand: µs of the machine's monotonic clock, which all its processes share. */
      readAtUs: z.number().finite(),
      data: z.custom<Uint8Array>(
        (data) => data instanceof Uint8Array && data.byteLength <= MAX_PICTURE_BYTES,
      ),
    })
    .refine(({ width, height }) => width * height <= MAX_PICTURE_PIXELS),
  /** A picture was given up: a newer one came before it was sent, or parts of it are missing. */
  z.object({ type: z.literal('dropped'), why: z.enum(['stale', 'damaged']) }),
  z.object({ type: z.literal('alive'), rssBytes: count }),
  z.object({ type: z.literal('failed'), failure: failureSchema, recoverable: z.boolean() }),
  z.object({
    type: z.literal('cameras'),
    cameras: z.array(cameraSchemaBounded()).max(MAX_CAMERAS),
  }),
]);
export type FromReader = z.infer<typeof fromReaderSchema>;
export type OpenedMessage = Extract<FromReader, { type: 'opened' }>;
export type PictureMessage = Extract<FromReader, { type: 'picture' }>;

function cameraSchemaBounded() {
  return cameraSchema.extend({ modes: z.array(cameraModeSchema).max(MAX_MODES) });
}
