import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TELLO_KEYFRAME_INTERVAL, TELLO_SLICES } from './bitstream/encoder.ts';
import { MODELS, type Model } from './drone/drone.ts';
import { DATAGRAM_BYTES } from './network/datagrams.ts';
import {
  applyFaults,
  type Faults,
  type FaultsPatch,
  faultsSchema,
  NO_FAULTS,
} from './network/faults.ts';
import { LINES } from './network/line-faults.ts';
import { lineFlagNames, number, parseLineFlags, share } from './network/line-flags.ts';
import { MIN_HEIGHT, MIN_WIDTH } from './picture/overlay.ts';
import type { VideoSettings } from './video-settings.ts';
import type { CameraOptions } from './video-stream.ts';

export type SimulatorOptions = {
  host: string;
  /** Command port; 0 = any free one. */
  port: number;
  /** Where state and video go on the client's address, until a `port` command says otherwise. */
  statePort: number;
  videoPort: number;
  seed: number;
  batteryPercent: number;
  model: Model;
  camera: CameraOptions;
  video: VideoSettings;
  faults: Faults;
};

export type ParsedFlags =
  | { kind: 'run'; options: SimulatorOptions }
  | { kind: 'help' }
  | { kind: 'wrong'; message: string };

/** Level 4.0 ends at 245,760 macroblocks a second and 8192 a picture (ITU-T H.264, table A-1). */
const MAX_MACROBLOCKS = 8_192;
const MAX_MACROBLOCKS_PER_S = 245_760;

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;
const FLAGS = {
  host: text,
  port: text,
  'state-port': text,
  'video-port': text,
  width: text,
  height: text,
  fps: text,
  bitrate: text,
  model: text,
  battery: text,
  seed: text,
  'picture-code': yes,
  tour: yes,
  loss: text,
  reorder: text,
  duplicate: text,
  'datagram-bytes': text,
  slices: text,
  'keyframe-interval': text,
  'exact-multiples': text,
  'order-count': text,
  vui: yes,
  'silence-after': text,
  'silence-for': text,
  'garbage-first': yes,
  'answer-delay': text,
  'lose-answers': text,
  'always-ok': yes,
  'streamon-error': yes,
  'video-unasked': yes,
  'one-ok-for-two': text,
  'no-valid-imu': yes,
  wind: text,
  wall: text,
  'start-mid-gop': yes,
  'p-frames-only': yes,
  'no-video': yes,
  'resolution-change-after': text,
  help: yes,
} as const;

const whole = (low: number, high: number) => number.pipe(z.number().int().min(low).max(high));
const seconds = number.pipe(z.number().min(0).max(86_400));
/** 4:2:0 has one chroma sample for two rows and two columns. */
const even = (low: number, high: number) =>
  whole(low, high).refine((n) => n % 2 === 0, 'must be even');

const ALL_FLAGS = {
  ...FLAGS,
  ...Object.fromEntries(lineFlagNames().map((name) => [name, text])),
};

/** What UDP over IPv4 carries, and less than any slice. */
const MIN_DATAGRAM_BYTES = 64;
const MAX_DATAGRAM_BYTES = 65_507;
/** As many as level 4.0 makes sense of; each costs a few bytes. */
const MAX_SLICES = 32;
const MAX_KEYFRAME_INTERVAL = 100_000;

const valuesSchema = z
  .object({
    host: z
      .string()
      .refine((host) => isIPv4(host), 'must be an IPv4 address')
      .default('127.0.0.1'),
    port: whole(0, 65_535).default(8889),
    'state-port': whole(1, 65_535).default(8890),
    'video-port': whole(1, 65_535).default(11_111),
    width: even(MIN_WIDTH, 1920).default(960),
    height: even(MIN_HEIGHT, 1088).default(720),
    fps: whole(1, 60).default(30),
    bitrate: whole(100_000, 20_000_000).default(2_500_000),
    model: z.enum(MODELS).default('tt'),
    battery: whole(0, 100).default(87),
    seed: whole(0, 2 ** 31).default(1),
    'picture-code': z.boolean().default(false),
    tour: z.boolean().default(false),
    'datagram-bytes': whole(MIN_DATAGRAM_BYTES, MAX_DATAGRAM_BYTES).default(DATAGRAM_BYTES),
    slices: whole(1, MAX_SLICES).default(TELLO_SLICES),
    'keyframe-interval': z
      .union(
        [z.literal('never').transform(() => null), whole(1, MAX_KEYFRAME_INTERVAL)],
        'must be a whole number or never',
      )
      .default(TELLO_KEYFRAME_INTERVAL),
    'exact-multiples': share.default(0),
    'order-count': z
      .enum(['0', '2'])
      .transform((text) => (text === '0' ? 0 : 2))
      .default(2),
    vui: z.boolean().default(false),
    loss: share.optional(),
    reorder: share.optional(),
    duplicate: share.optional(),
    'silence-after': seconds.optional(),
    'silence-for': seconds.optional(),
    'garbage-first': z.boolean().optional(),
    'answer-delay': whole(0, 600_000).optional(),
    'lose-answers': share.optional(),
    'always-ok': z.boolean().optional(),
    'streamon-error': z.boolean().optional(),
    'video-unasked': z.boolean().optional(),
    'one-ok-for-two': whole(0, 600_000).optional(),
    'no-valid-imu': z.boolean().optional(),
    wind: number.pipe(faultsSchema.shape.windCmS.unwrap()).optional(),
    wall: number.pipe(faultsSchema.shape.wallCm.unwrap().unwrap()).optional(),
    'start-mid-gop': z.boolean().optional(),
    'p-frames-only': z.boolean().optional(),
    'no-video': z.boolean().optional(),
    'resolution-change-after': seconds.optional(),
  })
  .refine(({ width, height, fps }) => {
    const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16);
    return macroblocks <= MAX_MACROBLOCKS && macroblocks * fps <= MAX_MACROBLOCKS_PER_S;
  }, 'this size and rate are more than H.264 level 4.0 allows');

/** Reads the command line (without node and script). Never throws: what is wrong comes back in words. */
export function parseFlags(args: readonly string[]): ParsedFlags {
  let given: Record<string, unknown>;
  try {
    given = parseArgs({ args: [...args], options: ALL_FLAGS, strict: true }).values;
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
  if (given.help) return { kind: 'help' };
  const parsed = valuesSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const flag = issue?.path[0];
    const where = flag === undefined ? '' : `--${String(flag)}: `;
    return { kind: 'wrong', message: `${where}${issue?.message ?? 'wrong value'}` };
  }
  let faults = applyFaults(NO_FAULTS, toFaults(parsed.data));
  for (const line of LINES) {
    const patch = parseLineFlags(line, given);
    if ('wrong' in patch) return { kind: 'wrong', message: patch.wrong };
    faults = applyFaults(faults, { [line]: patch });
  }
  return { kind: 'run', options: { ...toOptions(parsed.data), faults } };
}

type Values = z.infer<typeof valuesSchema>;

function toOptions(values: Values): Omit<SimulatorOptions, 'faults'> {
  return {
    host: values.host,
    port: values.port,
    statePort: values['state-port'],
    videoPort: values['video-port'],
    seed: values.seed,
    batteryPercent: values.battery,
    model: values.model,
    camera: { hasCode: values['picture-code'], isOnTour: values.tour },
    video: {
      width: values.width,
      height: values.height,
      fps: values.fps,
      bitrateBps: values.bitrate,
      slices: values.slices,
      keyframeInterval: values['keyframe-interval'],
      orderCount: values['order-count'],
      vui: values.vui,
      datagramBytes: values['datagram-bytes'],
      exactMultiples: values['exact-multiples'],
    },
  };
}

function toFaults(values: Values): FaultsPatch {
  return {
    loss: values.loss,
    reorder: values.reorder,
    duplicate: values.duplicate,
    silenceAfterS: values['silence-after'],
    silenceForS: values['silence-for'],
    garbageFirst: values['garbage-first'],
    answerDelayMs: values['answer-delay'],
    loseAnswers: values['lose-answers'],
    alwaysOk: values['always-ok'],
    streamonError: values['streamon-error'],
    videoUnasked: values['video-unasked'],
    oneOkForTwoMs: values['one-ok-for-two'],
    noValidImu: values['no-valid-imu'],
    windCmS: values.wind,
    wallCm: values.wall,
    startMidGop: values['start-mid-gop'],
    pFramesOnly: values['p-frames-only'],
    noVideo: values['no-video'],
    resolutionChangeAfterS: values['resolution-change-after'],
  };
}
