import { z } from 'zod';
import { cameraSchema } from './cameras.ts';
import { captureSchema } from './captures.ts';
import {
  askedFlightStateSchema,
  commandOutcomeSchema,
  confirmedSchema,
  flipDirections,
  historySchema,
  MAX_COMMAND_CHARS,
  MOVE_CM,
  manoeuvreOutcomeSchema,
  moveDirections,
  sticksReplySchema,
  sticksSchema,
  TURN_DEGREES,
} from './flight.ts';
import { exportedSchema, exportFormats, flightLogSchema } from './flight-log.ts';
import { hostSchema } from './host.ts';
import {
  itemIdSchema,
  itemSchema,
  pageRequestSchema,
  pageSchema,
  selectionSchema,
  trashedSchema,
} from './library.ts';
import { seriesSchema, seriesSpecSchema } from './photo-series.ts';
import { keptSchema, recordingSchema } from './recording.ts';
import type { Result } from './result.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';
import { sharingSchema } from './share.ts';
import { sourceSpecSchema } from './source.ts';
import { statusSchema } from './status.ts';

const nothing = z.strictObject({});
/** A drone that may be in the air is let go of only so: it is told to land first. */
const letGoOfFlying = z.boolean().default(false);
/** Either way round; 0 is no turn. */
const turnDegrees = z
  .number()
  .int()
  .min(-TURN_DEGREES.high)
  .max(TURN_DEGREES.high)
  .refine((degrees) => degrees !== 0, 'a turn by 0 degrees is none');

/**
 * Every request the station answers, on every transport: Electron IPC, WebSocket and
 * `POST /api/request/<name>`. To add one: a line here, a handler in its room.
 */
export const requests = {
  'host.describe': { input: nothing, output: hostSchema },
  'status.get': { input: nothing, output: statusSchema },
  'source.connect': {
    input: z.strictObject({ source: sourceSpecSchema, force: letGoOfFlying }),
    output: z.object({ generation: z.number().int() }),
  },
  'source.disconnect': { input: z.strictObject({ force: letGoOfFlying }), output: nothing },
  'cameras.list': { input: nothing, output: z.array(cameraSchema) },
  'capture.take': { input: nothing, output: captureSchema },
  'capture.list': { input: nothing, output: z.array(captureSchema) },
  'capture.show': { input: z.strictObject({ id: z.string().max(128) }), output: nothing },
  /** Photos that take themselves; `series` tells how it goes. */
  'capture.series': { input: seriesSpecSchema, output: seriesSchema },
  'capture.cancel': { input: nothing, output: seriesSchema },
  /** From the cached group on, so that what was seen just before is in. */
  'record.start': { input: nothing, output: recordingSchema },
  'record.stop': { input: nothing, output: keptSchema },
  'record.state': { input: nothing, output: recordingSchema },
  'flight.state': { input: nothing, output: askedFlightStateSchema },
  'flight.history': { input: nothing, output: historySchema },
  'flight.takeControls': { input: nothing, output: nothing },
  'flight.releaseControls': { input: nothing, output: nothing },
  'flight.takeOff': { input: nothing, output: manoeuvreOutcomeSchema },
  'flight.land': { input: nothing, output: manoeuvreOutcomeSchema },
  'flight.stop': { input: nothing, output: manoeuvreOutcomeSchema },
  'flight.stopMotors': {
    input: z.strictObject({ confirm: confirmedSchema }),
    output: manoeuvreOutcomeSchema,
  },
  'flight.sticks': { input: sticksSchema, output: sticksReplySchema },
  'flight.move': {
    input: z.strictObject({
      direction: z.enum(moveDirections),
      distanceCm: z.number().int().min(MOVE_CM.low).max(MOVE_CM.high),
    }),
    output: manoeuvreOutcomeSchema,
  },
  'flight.turn': {
    input: z.strictObject({ degrees: turnDegrees }),
    output: manoeuvreOutcomeSchema,
  },
  'flight.flip': {
    input: z.strictObject({ direction: z.enum(flipDirections) }),
    output: manoeuvreOutcomeSchema,
  },
  'flight.command': {
    input: z.strictObject({
      text: z.string().min(1).max(MAX_COMMAND_CHARS),
      confirm: confirmedSchema.optional(),
    }),
    output: commandOutcomeSchema,
  },
  'library.list': { input: pageRequestSchema, output: pageSchema },
  'library.rename': {
    input: z.strictObject({ id: itemIdSchema, name: z.string().max(512) }),
    output: itemSchema,
  },
  /** To the system's trash: nothing is deleted. */
  'library.trash': { input: selectionSchema, output: trashedSchema },
  'library.restore': { input: z.strictObject({ undo: z.string().max(64) }), output: nothing },
  'library.show': { input: z.strictObject({ id: itemIdSchema }), output: nothing },
  /** Writes files beside the log, or subtitles beside the films of the flight. */
  'flightLog.export': {
    input: z.strictObject({ id: itemIdSchema, format: z.enum(exportFormats) }),
    output: exportedSchema,
  },
  'flightLog.state': { input: nothing, output: flightLogSchema },
  'share.state': { input: nothing, output: sharingSchema },
  /** Opens this address of this computer to its network, for those with the key. */
  'share.start': { input: z.strictObject({ address: z.ipv4() }), output: sharingSchema },
  'share.stop': { input: nothing, output: sharingSchema },
  /** The former key opens nothing any more, and whoever came in with it goes. */
  'share.newKey': { input: nothing, output: sharingSchema },
  'share.disconnect': { input: z.strictObject({ id: z.number().int() }), output: nothing },
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
