import { z } from 'zod';
import { cameraSchema } from './cameras.ts';
import { captureSchema } from './captures.ts';
import { hostSchema } from './host.ts';
import { keptSchema, recordingSchema } from './recording.ts';
import type { Result } from './result.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import { sourceSpecSchema } from './source.ts';
import { statusSchema } from './status.ts';

const nothing = z.strictObject({});

/**
 * Every request the station answers, on every transport: Electron IPC, WebSocket and
 * `POST /api/request/<name>`. To add one: a line here, a handler in `electron/station/handlers.ts`.
 */
export const requests = {
  'host.describe': { input: nothing, output: hostSchema },
  'status.get': { input: nothing, output: statusSchema },
  'source.connect': {
    input: z.strictObject({ source: sourceSpecSchema }),
    output: z.object({ generation: z.number().int() }),
  },
  'source.disconnect': { input: nothing, output: nothing },
  'cameras.list': { input: nothing, output: z.array(cameraSchema) },
  'capture.take': { input: nothing, output: captureSchema },
  'capture.list': { input: nothing, output: z.array(captureSchema) },
  'capture.show': { input: z.strictObject({ id: z.string().max(128) }), output: nothing },
  /** From the cached group on, so that what was seen just before is in. */
  'record.start': { input: nothing, output: recordingSchema },
  'record.stop': { input: nothing, output: keptSchema },
  'record.state': { input: nothing, output: recordingSchema },
  'settings.get': { input: nothing, output: settingsSchema },
  'settings.set': { input: settingsPatchSchema, output: settingsSchema },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type RequestName = keyof typeof requests;
export type RequestInput<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
/** What a handler receives: parsed, defaults filled in. */
export type ParsedInput<N extends RequestName> = z.output<(typeof requests)[N]['input']>;
export type RequestOutput<N extends RequestName> = z.output<(typeof requests)[N]['output']>;

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name);
}

/** Sends one request and resolves with its result; never rejects. */
export type RequestFunction = <N extends RequestName>(
  name: N,
  input: RequestInput<N>,
) => Promise<Result<RequestOutput<N>>>;
