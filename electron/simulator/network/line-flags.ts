import { z } from 'zod';
import {
  LINES,
  type Line,
  type LineFaultsPatch,
  lineFaultsPatchSchema,
  OUTAGE_PLACES,
} from './line-faults.ts';

/** Flags of one line, after `--video-` and the like. */
const LINE_FLAGS = [
  'loss',
  'burst-loss',
  'burst-length',
  'outage-at',
  'outage-every',
  'outage-for',
  'outage-on',
  'reorder',
  'duplicate',
  'pause',
  'pause-length',
] as const;

/** Mean length of a burst where none is given. */
const BURST_LENGTH = 5;

export const LINE_USAGE = `Faults of one line, LINE being video, state, command (to the drone) or answer.
The same seed gives the same datagram the same fate in every run.
  --LINE-loss P                lose datagrams with probability P (0 to 1, or 2%)
  --LINE-burst-loss P          lose this share of them in bursts (Gilbert-Elliott) ...
  --LINE-burst-length N        ... of N datagrams on average (${BURST_LENGTH})
  --LINE-outage-for MS         lose everything for MS milliseconds ...
  --LINE-outage-at MS          ... MS after the line's first datagram (0) ...
  --LINE-outage-every MS       ... and again every MS
  --video-outage-on PLACE      once due, begin with the next: anywhere, parameter-sets,
                               idr, after-idr (the picture behind it)
  --LINE-reorder P             swap a datagram with the next one
  --LINE-duplicate P           send a datagram twice
  --LINE-pause P               hold a datagram and all behind it, then send them at once;
                               in video only inside a picture, as Wi-Fi does
  --LINE-pause-length MS       for MS, for FROM-TO, or exp:MEAN (exp:20)
`;

/** A number as people write it; an empty string is none. */
export const number = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);
/** 0.02 or 2%. */
export const share = z
  .string()
  .regex(/^\d+(\.\d+)?%?$/, 'must be a number from 0 to 1, or a percentage')
  .transform((text) => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)))
  .pipe(z.number().min(0).max(1));
const milliseconds = number.pipe(z.number().min(0));
const pauseLength = z
  .string()
  .regex(/^(exp:)?\d+(\.\d+)?$|^\d+(\.\d+)?-\d+(\.\d+)?$/, 'must be MS, FROM-TO or exp:MEAN')
  .transform((text) => {
    if (text.startsWith('exp:')) return { kind: 'exponential', meanMs: Number(text.slice(4)) };
    const [from = 0, to] = text.split('-').map(Number);
    if (to === undefined) return { kind: 'fixed', ms: from };
    return { kind: 'uniform', fromMs: from, toMs: to };
  })
  .pipe(lineFaultsPatchSchema.shape.pauseLength.unwrap());

const lineValuesSchema = z
  .object({
    loss: share,
    'burst-loss': share,
    'burst-length': number.pipe(z.number().min(1)),
    'outage-at': milliseconds,
    'outage-every': milliseconds.pipe(z.number().min(1)),
    'outage-for': milliseconds,
    'outage-on': z.enum(OUTAGE_PLACES),
    reorder: share,
    duplicate: share,
    pause: share,
    'pause-length': pauseLength,
  })
  .partial();

/** Names of all flags of all lines, without dashes. */
export function lineFlagNames(): string[] {
  return LINES.flatMap((line) =>
    LINE_FLAGS.filter((flag) => line === 'video' || flag !== 'outage-on').map(
      (flag) => `${line}-${flag}`,
    ),
  );
}

/** What the given flags say of one line, or what is wrong with them. */
export function parseLineFlags(
  line: Line,
  given: Readonly<Record<string, unknown>>,
): LineFaultsPatch | { wrong: string } {
  const texts = Object.fromEntries(LINE_FLAGS.map((flag) => [flag, given[`${line}-${flag}`]]));
  const values = lineValuesSchema.safeParse(texts);
  if (!values.success) {
    const [issue] = values.error.issues;
    return { wrong: `--${line}-${String(issue?.path[0])}: ${issue?.message ?? 'wrong value'}` };
  }
  const { data } = values;
  const lack = lackingFlag(data);
  if (lack) return { wrong: `--${line}-${lack.given}: needs --${line}-${lack.needs}` };
  const patch = lineFaultsPatchSchema.safeParse({
    loss: data.loss,
    burst:
      data['burst-loss'] === undefined
        ? undefined
        : { loss: data['burst-loss'], length: data['burst-length'] ?? BURST_LENGTH },
    outage:
      data['outage-for'] === undefined
        ? undefined
        : {
            atMs: data['outage-at'],
            everyMs: data['outage-every'],
            forMs: data['outage-for'],
            on: data['outage-on'],
          },
    reorder: data.reorder,
    duplicate: data.duplicate,
    pause: data.pause,
    pauseLength: data['pause-length'],
  });
  if (patch.success) return patch.data;
  const [issue] = patch.error.issues;
  return { wrong: `--${line}-${String(issue?.path[0])}: ${issue?.message ?? 'wrong value'}` };
}

/** A flag that says how, without the one that says that. */
function lackingFlag(values: z.infer<typeof lineValuesSchema>) {
  if (values['burst-length'] !== undefined && values['burst-loss'] === undefined) {
    return { given: 'burst-length', needs: 'burst-loss' };
  }
  for (const flag of ['outage-at', 'outage-every', 'outage-on'] as const) {
    if (values[flag] !== undefined && values['outage-for'] === undefined) {
      return { given: flag, needs: 'outage-for' };
    }
  }
  return null;
}
