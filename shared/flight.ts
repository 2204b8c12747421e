import { z } from 'zod';

/**
 * What the drone does, seen in its telemetry and nowhere else: an `ok` proves nothing.
 * `unknown` before there is enough to tell, and while no telemetry comes.
 */
const flightPhases = [
  'grounded',
  'taking-off',
  'flying',
  'landing',
  'motors-stopped',
  'unknown',
] as const;
export type FlightPhase = (typeof flightPhases)[number];

const percent = z.number().min(-100).max(100);
/** Percent of full deflection; positive is right, forward, up, clockwise. */
export const sticksSchema = z.strictObject({
  right: percent,
  forward: percent,
  up: percent,
  yaw: percent,
});

/** Said with a request that makes a flying drone fall. */
const STOP_ALL_MOTORS = 'stop-all-motors';
export const confirmedSchema = z.literal(STOP_ALL_MOTORS);

export const moveDirections = ['up', 'down', 'left', 'right', 'forward', 'back'] as const;
export const flipDirections = ['left', 'right', 'forward', 'back'] as const;
export type MoveDirection = (typeof moveDirections)[number];
export type FlipDirection = (typeof flipDirections)[number];
/** The vendor's range of one move. */
export const MOVE_CM = { low: 20, high: 500 } as const;
/** SDK 2.0's range of one turn; 1.3 allowed ten. */
export const TURN_DEGREES = { low: 1, high: 360 } as const;
/** The longest line anybody may send: the vendor's longest (`curve` between pads) has some 40 characters. */
export const MAX_COMMAND_CHARS = 128;

/** Why it cannot take off now. */
const reasonCodes = [
  'no-drone',
  'state-missing',
  'state-stale',
  'already-flying',
  'taking-off',
  'phase-unknown',
  'battery-low',
  'too-hot',
  'tilted',
  'imu-error',
  'sticks-not-neutral',
] as const;
const reasonSchema = z.object({ code: z.enum(reasonCodes), message: z.string(), tip: z.string() });
export type Reason = z.infer<typeof reasonSchema>;

const warningCodes = [
  'battery-30',
  'battery-20',
  'battery-10',
  'overheating',
  'warm-on-ground',
  'link-weak',
  'link-lost',
  'imu-error',
  'lands-by-itself',
  'restarted',
] as const;
const warningSchema = z.object({
  code: z.enum(warningCodes),
  message: z.string(),
  tip: z.string().optional(),
});
export type Warning = z.infer<typeof warningSchema>;

const optionalNumber = z.number().optional();

/** One report of the drone. What it did not send is absent: never 0. */
export const telemetrySchema = z.object({
  /** Milliseconds since it arrived. */
  ageMs: z.number(),
  batteryPercent: optionalNumber,
  heightCm: optionalNumber,
  distanceCm: optionalNumber,
  lowestTemperatureC: optionalNumber,
  highestTemperatureC: optionalNumber,
  pitchDegrees: optionalNumber,
  rollDegrees: optionalNumber,
  yawDegrees: optionalNumber,
  xSpeedDmS: optionalNumber,
  ySpeedDmS: optionalNumber,
  zSpeedDmS: optionalNumber,
  xAccelerationMilliG: optionalNumber,
  yAccelerationMilliG: optionalNumber,
  zAccelerationMilliG: optionalNumber,
  barometerM: optionalNumber,
  motorSeconds: optionalNumber,
  missionPad: z
    .object({
      id: z.number(),
      xCm: z.number(),
      yCm: z.number(),
      zCm: z.number(),
      attitudeDegrees: z.tuple([z.number(), z.number(), z.number()]).optional(),
    })
    .optional(),
  /** Everything as it was sent, by the drone's own names, known or not. */
  fields: z.record(z.string(), z.string()),
});
export type TelemetryReport = z.infer<typeof telemetrySchema>;

/** One point of the past, for plots. */
const historyPointSchema = telemetrySchema
  .omit({ ageMs: true, fields: true, missionPad: true })
  .extend({ agoMs: z.number() });
export type HistoryPoint = z.infer<typeof historyPointSchema>;
export const historySchema = z.array(historyPointSchema);

const actions = [
  'take-off',
  'land',
  'stop',
  'stop-motors',
  'move',
  'turn',
  'flip',
  'command',
] as const;
export type FlightAction = (typeof actions)[number];

export const flightStateSchema = z.object({
  /** Whether the open source can fly at all. */
  available: z.boolean(),
  phase: z.enum(flightPhases),
  /** Null while its telemetry does not tell. */
  motorsRunning: z.boolean().nullable(),
  /** Whether it may be in the air, as far as anybody knows: what asks before it lets go of the drone. */
  couldBeFlying: z.boolean(),
  ready: z.boolean(),
  reasons: z.array(reasonSchema),
  pilot: z.object({ id: z.string(), name: z.string() }).nullable(),
  warnings: z.array(warningSchema),
  /** As they went out last, after the limit; all zero while none go out. */
  sticks: sticksSchema,
  /** Sticks count for nothing until they were let go once. */
  neutralNeeded: z.boolean(),
  /** What was asked for and has not shown in the telemetry yet. */
  doing: z.object({ action: z.enum(actions), forMs: z.number() }).nullable(),
  /** `fresh`, older than 1.5 s, older than 4 s; `none` before the first report. */
  link: z.enum(['none', 'fresh', 'stale', 'lost']),
  stateAgeMs: z.number().nullable(),
  /** Command to answer over the last half minute, without manoeuvres. */
  roundTripMs: z.object({ p50: z.number(), p95: z.number() }).nullable(),
  /** When it lands unless something happens: the drone by its own rule, or Hoverdeck because nobody flies. */
  landsByItself: z.object({ by: z.enum(['drone', 'hoverdeck']), inMs: z.number() }).nullable(),
  /** In the air, at the pace of this flight. */
  batteryMinutes: z.number().nullable(),
});
export type FlightState = z.infer<typeof flightStateSchema>;

/** `flight.state` also says who asked, so that a page knows whether the pilot is itself. */
export const askedFlightStateSchema = flightStateSchema.extend({ you: z.string() });

export const sticksReplySchema = z.object({
  sent: sticksSchema,
  neutralNeeded: z.boolean(),
});

const cancellers = ['signal', 'stop', 'land', 'emergency', 'closed'] as const;
const manoeuvreOutcomes = [
  /** Its telemetry shows it, this long after the command left. */
  z.object({ outcome: z.literal('confirmed'), afterMs: z.number() }),
  /** It left, and its telemetry does not show it. `answer`: what the drone said, if anything. */
  z.object({
    outcome: z.literal('unconfirmed'),
    waitedMs: z.number(),
    answer: z.string().optional(),
    tip: z.string(),
  }),
  z.object({ outcome: z.literal('refused'), answer: z.string(), tip: z.string().optional() }),
  /** Given up for something else. `sent`: it had left before, and may be carried out. */
  z.object({ outcome: z.literal('cancelled'), by: z.enum(cancellers), sent: z.boolean() }),
] as const;
export const manoeuvreOutcomeSchema = z.discriminatedUnion('outcome', [...manoeuvreOutcomes]);
export type ManoeuvreOutcome = z.infer<typeof manoeuvreOutcomeSchema>;

/** A command that moves nothing has no telemetry to wait for: its answer is all there is. */
export const commandOutcomeSchema = z.discriminatedUnion('outcome', [
  ...manoeuvreOutcomes,
  z.object({ outcome: z.literal('ok'), roundTripMs: z.number() }),
  z.object({ outcome: z.literal('value'), value: z.string(), roundTripMs: z.number() }),
  /** May as well be the answer to an earlier command. */
  z.object({ outcome: z.literal('unclear'), answer: z.string() }),
  z.object({ outcome: z.literal('no-answer'), waitedMs: z.number() }),
  z.object({ outcome: z.literal('sent') }),
]);
export type FlightCommandOutcome = z.infer<typeof commandOutcomeSchema>;
