import { z } from 'zod';
import { cameraSchema } from './cameras.ts';
import { captureSchema } from './captures.ts';
import { flightStateSchema, telemetrySchema } from './flight.ts';
import { flightLogSchema } from './flight-log.ts';
import { libraryChangeSchema } from './library.ts';
import { seriesSchema } from './photo-series.ts';
import { keptSchema, recordingSchema } from './recording.ts';
import { settingsSchema } from './settings.ts';
import { sharingSchema } from './share.ts';
import { statusSchema } from './status.ts';

/** Everything the station says unasked, on every transport. Pictures are not among them: see `frames.ts`. */
export const events = {
  status: statusSchema,
  captures: z.array(captureSchema),
  library: libraryChangeSchema,
  series: seriesSchema,
  flightLog: flightLogSchema,
  /** At every change, and some times a second while it runs. */
  recording: recordingSchema,
  kept: keptSchema,
  cameras: z.array(cameraSchema),
  settings: settingsSchema,
  /** Who watches from outside, and whether the network may. */
  sharing: sharingSchema,
  flight: flightStateSchema,
  /** Ten times a second, while an open drone sends it. */
  telemetry: telemetrySchema,
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}

/** Status is sent at once when the state changes, and this often while it does not. */
export const STATUS_PERIOD_MS = 500;
