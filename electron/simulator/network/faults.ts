import { z } from 'zod';

const share = z.number().min(0).max(1);
const seconds = z.number().min(0);

/** What can go wrong between a drone and its client; every field can be changed while it runs. */
export const faultsSchema = z.object({
  /** Probability that a video datagram is lost. */
  loss: share.default(0),
  /** Probability that a video datagram arrives after the one behind it. */
  reorder: share.default(0),
  /** Probability that a video datagram arrives twice. */
  duplicate: share.default(0),
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
  /** Probability that an answer is lost (the command is still carried out). */
  loseAnswers: share.default(0),
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
    loss: share,
    reorder: share,
    duplicate: share,
    silenceAfterS: seconds.nullable(),
    silenceForS: seconds.nullable(),
    garbageFirst: z.boolean(),
    answerDelayMs: faultsSchema.shape.answerDelayMs.unwrap(),
    loseAnswers: share,
    startMidGop: z.boolean(),
    pFramesOnly: z.boolean(),
    noVideo: z.boolean(),
    resolutionChangeAfterS: seconds.nullable(),
  })
  .partial()
  .strict();

export type FaultsPatch = z.infer<typeof faultsPatchSchema>;

/** Changes what the patch names; a field that is `undefined` names nothing. */
export function applyFaults(faults: Faults, patch: FaultsPatch): Faults {
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  return faultsSchema.parse({ ...faults, ...Object.fromEntries(named) });
}
