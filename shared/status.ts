import { z } from 'zod';
import { failureSchema } from './result.ts';
import { sourceSpecSchema } from './source.ts';

/** The session's state; `phase` says in which step of it we are. */
export const sessionStates = ['idle', 'connecting', 'live', 'reconnecting', 'failed'] as const;
export type SessionState = (typeof sessionStates)[number];

/**
 * The step inside a state, for the words on screen.
 * `no-video`: the drone answers commands and sends no picture (a firewall, as a rule).
 * `waiting-for-keyframe`: video arrives, and nothing in it can be decoded yet.
 */
export const phases = [
  'opening',
  'waiting-for-video',
  'no-video',
  'waiting-for-keyframe',
  'streaming',
  'silent',
  'waiting-to-retry',
] as const;
export type Phase = (typeof phases)[number];

const percentilesSchema = z.object({ p50: z.number(), p95: z.number() });
export type Percentiles = z.infer<typeof percentilesSchema>;

const videoStatusSchema = z.object({
  /** RFC 6381 codec string (`avc1.4D4028`) or `jpeg`. */
  codec: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  fps: z.number(),
  bitrateBps: z.number(),
  framesReceived: z.number().int(),
  /** Frames the reader had to give up (damaged, oversize, stale), not those a viewer skipped. */
  framesDropped: z.number().int(),
  /** What went wrong within the last five seconds. */
  loss: z.object({
    /** Frames that never became one. */
    framesLost: z.number().int(),
    /** Frames of which a part was lost and filled in. */
    framesHealed: z.number().int(),
  }),
  /** UDP datagrams received; absent for sources without a network. */
  datagrams: z.number().int().optional(),
  lastFrameAgeMs: z.number().nullable(),
});

/** A page that watches, by its host. */
const viewerKinds = ['window', 'browser'] as const;
export type ViewerKind = (typeof viewerKinds)[number];

const consumerStatusSchema = z.object({
  id: z.number().int(),
  /** Who takes frames: `window`, `browser`, `recording` … */
  name: z.string(),
  kind: z.enum(['viewer', 'picture', 'recording', 'share']),
  framesGiven: z.number().int(),
  /** Frames of the source that this consumer did not get in time to show or keep them. */
  framesDropped: z.number().int(),
  /** Frames it was given and never said what became of. */
  answersMissed: z.number().int(),
  /** Last datagram (or camera frame) to drawn, over the last seconds; null where it is not measured. */
  delayMs: percentilesSchema.nullable(),
});

const droneStatusSchema = z.object({
  batteryPercent: z.number().optional(),
  heightCm: z.number().optional(),
  temperatureC: z.number().optional(),
  /** Age of the last state datagram. */
  ageMs: z.number(),
});

const readerStatusSchema = z.object({
  /** Which reader reads the camera. */
  reader: z.enum(['ffmpeg', 'opencv']),
  /** How often the reader was restarted since Connect. */
  restarts: z.number().int(),
  /** Pictures the camera sent with parts missing, since it was opened; counted among the dropped. */
  damagedPictures: z.number().int(),
  lastReaderError: failureSchema.nullable(),
});

const count = z.number().int();

/** One UDP link of a drone, counted since it was opened. */
const linkCountsSchema = z.object({
  /** Port of this computer. */
  localPort: count,
  /** Datagrams that could not be used, from whomever. */
  ignored: count,
  /** Of these, the ones that were not the drone's. */
  foreign: count,
  /** How often the socket failed, and how often it was opened again. */
  socketErrors: count,
  rebinds: count,
});

const commandLinkStatusSchema = linkCountsSchema.extend({
  sent: count,
  answered: count,
  /** Tries whose answer is waited for no longer. */
  unanswered: count,
  /** Answers that came when nobody waited for them any more, or twice. */
  late: count,
  answers: z.enum(['unknown', 'answering', 'slow', 'silent']),
  /** Command to answer, over the last half minute; null until measured. */
  roundTripMs: percentilesSchema.nullable(),
});

const stateLinkStatusSchema = linkCountsSchema.extend({
  /** State lines that were read. */
  lines: count,
});

const videoLinkStatusSchema = linkCountsSchema.extend({
  datagrams: count,
  bytes: count,
  /** What the system gives datagrams to wait in; small ones lose some while this computer is busy. */
  receiveBufferBytes: count,
  /** Units of the video that were lost, damaged, late and so on, by kind. */
  units: z.record(z.string(), count),
});

/** What a drone's links saw: whatever was dropped or odd is here by number. */
const linksStatusSchema = z.object({
  command: commandLinkStatusSchema,
  state: stateLinkStatusSchema,
  video: videoLinkStatusSchema,
});

export const statusSchema = z.object({
  state: z.enum(sessionStates),
  phase: z.enum(phases).nullable(),
  /** How long this state lasts already. */
  stateAgeMs: z.number(),
  /** Grows with every connect, switch and disconnect. */
  generation: z.number().int(),
  source: sourceSpecSchema.nullable(),
  sourceName: z.string().nullable(),
  video: videoStatusSchema.nullable(),
  /** Everybody who takes frames now. */
  consumers: z.array(consumerStatusSchema),
  drone: droneStatusSchema.nullable(),
  reader: readerStatusSchema.nullable(),
  /** Null for sources without a network. */
  links: linksStatusSchema.nullable(),
  /** What is wrong now; null while all is well. */
  error: failureSchema.nullable(),
});

export type Status = z.infer<typeof statusSchema>;
export type VideoStatus = z.infer<typeof videoStatusSchema>;
export type ConsumerStatus = z.infer<typeof consumerStatusSchema>;
export type ConsumerKind = ConsumerStatus['kind'];
export type DroneStatus = z.infer<typeof droneStatusSchema>;
export type CommandLinkStatus = z.infer<typeof commandLinkStatusSchema>;
export type StateLinkStatus = z.infer<typeof stateLinkStatusSchema>;
export type VideoLinkStatus = z.infer<typeof videoLinkStatusSchema>;
export type LinksStatus = z.infer<typeof linksStatusSchema>;
export type ReaderStatus = z.infer<typeof readerStatusSchema>;

/** A picture older than this is never shown as live. */
export const STALE_AFTER_MS = 2_000;
