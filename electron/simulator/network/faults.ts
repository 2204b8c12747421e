import { z } from 'zod';
import {
  type LineFaults,
  type LineFaultsPatch,
  lineFaultsPatchSchema,
  lineFaultsSchema,
  NO_LINE_FAULTS,
  share,
} from './line-faults.ts';

const seconds = z.number().min(0);
const line = lineFaultsSchema.default(NO_LINE_FAULTS);

/** What can go wrong between a drone and its client; every field can be changed while it runs. */
export const faultsSchema = z.object({
  video: line,
  state: line,
  /** Commands on their way to the drone. */
  command: line,
  /** Answers on their way back; the command was carried out. */
  answer: line,
  /**
   * Seconds until nothing comes any more (no video, no state, no answer), counted from the later of
   * the first `command` and the moment this was set; 0 = at once; null = never.
   */
  silenceAfterS: seconds.nullable().default(null),
  /** Seconds the silence lasts; null = until `silenceAfterS` is changed. */
  silenceForS: seconds.nullable().default(null),
  /** Whether a binary datagram comes right before the first `ok` (captured on a real unit). */
  garbageFirst: z.boolean().default(false),
  /** Added to the time an answer takes, in milliseconds. */
  answerDelayMs: z.number().int().min(0).max(600_000).default(0),
  /** `ok` is the answer to everything, questions too. */
  alwaysOk: z.boolean().default(false),
  /** `streamon` is answered with `error`, though the video flows. */
  streamonError: z.boolean().default(false),
  /** Video flows to whoever sends anything at all. */
  videoUnasked: z.boolean().default(false),
  /**
   * A takeoff gets no answer, a landing begins this many milliseconds late, and one `ok` comes for
   * both when it is done (captured: 17 s); null = proper answers.
   */
  oneOkForTwoMs: z.number().int().min(0).max(600_000).nullable().default(null),
  /** It sees no floor to hold on to: take-off and manoeuvres are refused with `error No valid imu`, the sticks work. */
  noValidImu: z.boolean().default(false),
  /** Wind from the left of where it stood at first, in gusts around this many cm/s. */
  windCmS: z.number().min(-800).max(800).default(0),
  /** A wall across its way, so far ahead of where it stood at first, in cm; null = none. */
  wallCm: z.number().min(30).max(10_000).nullable().default(null),
  /** The stream begins some pictures after an IDR, as it does when somebody joins a running one. */
  startMidGop: z.boolean().default(false),
  /** Neither parameter sets nor IDRs arrive, only P slices. */
  pFramesOnly: z.boolean().default(false),
  /** `streamon` is answered, but no video arrives: what a firewall does. */
  noVideo: z.boolean().default(false),
  /** Seconds after the stream began at which its resolution changes to 640x480; null = never. */
  resolutionChangeAfterS: seconds.nullable().default(null),
});

export type Faults = z.infer<typeof faultsSchema>;

export const NO_FAULTS: Faults = faultsSchema.parse({});

/** A part of the faults: only what is named changes. No defaults here, or each part would reset the rest. */
export const faultsPatchSchema = z
  .object({
    video: lineFaultsPatchSchema,
    state: lineFaultsPatchSchema,
    command: lineFaultsPatchSchema,
    answer: lineFaultsPatchSchema,
    /** Short for those of the video line. */
    loss: share,
    reorder: share,
    duplicate: share,
    /** Short for the loss of the answer line. */
    loseAnswers: share,
    silenceAfterS: seconds.nullable(),
    silenceForS: seconds.nullable(),
    garbageFirst: z.boolean(),
    answerDelayMs: faultsSchema.shape.answerDelayMs.unwrap(),
    alwaysOk: z.boolean(),
    streamonError: z.boolean(),
    videoUnasked: z.boolean(),
    oneOkForTwoMs: faultsSchema.shape.oneOkForTwoMs.unwrap(),
    noValidImu: z.boolean(),
    windCmS: faultsSchema.shape.windCmS.unwrap(),
    wallCm: faultsSchema.shape.wallCm.unwrap(),
    startMidGop: z.boolean(),
    pFramesOnly: z.boolean(),
    noVideo: z.boolean(),
    resolutionChangeAfterS: seconds.nullable(),
  })
  .partial()
  .strict();

export type FaultsPatch = z.infer<typeof faultsPatchSchema>;

/** Changes what the patch names; a field that is `undefined` names nothing. A line that stays as it is stays the same object. */
export function applyFaults(faults: Faults, patch: FaultsPatch): Faults {
  const { video, state, command, answer, loss, reorder, duplicate, loseAnswers, ...rest } = patch;
  return {
    ...faults,
    ...named(rest),
    video: applyToLine(faults.video, { loss, reorder, duplicate, ...named(video ?? {}) }),
    state: applyToLine(faults.state, state ?? {}),
    command: applyToLine(faults.command, command ?? {}),
    answer: applyToLine(faults.answer, { loss: loseAnswers, ...named(answer ?? {}) }),
  };
}

function applyToLine(faults: LineFaults, patch: LineFaultsPatch): LineFaults {
  const changes = named(patch);
  return Object.keys(changes).length === 0 ? faults : { ...faults, ...changes };
}

/** Without the fields that are `undefined`. */
function named<Fields extends object>(fields: Fields): Named<Fields> {
  // Sound: `fromEntries` gives back the very fields, minus those without a value.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Named<Fields>;
}

type Named<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
