import { z } from 'zod';
import { failureSchema } from './result.ts';

/** Grows with every change that a reader of older files would trip over. See docs/flight-log.md. */
export const FLIGHT_LOG_VERSION = 1;
export const FLIGHT_LOG_ENDING = '.flight.jsonl';

export const flightLogSchema = z.object({
  /** The flight that is logged now; null on the ground. */
  flightId: z.string().nullable(),
  fileName: z.string().nullable(),
  startedAtMs: z.number().nullable(),
  /** Lines that could not be written, in this flight. */
  linesLost: z.number().int(),
  /** Why lines are being lost; null while all are written. */
  error: failureSchema.nullable(),
});

export type FlightLogState = z.infer<typeof flightLogSchema>;

export const exportFormats = ['csv', 'json', 'srt', 'ass'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportedSchema = z.object({
  files: z.array(z.object({ fileName: z.string(), path: z.string() })),
});

const figure = z.number().optional();

/** What a drone said of itself, ten times a second. What it did not say is absent. */
const stateLineSchema = z.object({
  t: z.number(),
  type: z.literal('state'),
  batteryPercent: figure,
  heightCm: figure,
  distanceCm: figure,
  lowestTemperatureC: figure,
  highestTemperatureC: figure,
  pitchDegrees: figure,
  rollDegrees: figure,
  yawDegrees: figure,
  xSpeedDmS: figure,
  ySpeedDmS: figure,
  zSpeedDmS: figure,
  xAccelerationMilliG: figure,
  yAccelerationMilliG: figure,
  zAccelerationMilliG: figure,
  barometerM: figure,
  motorSeconds: figure,
  pad: z.object({ id: z.number(), xCm: z.number(), yCm: z.number(), zCm: z.number() }).optional(),
});

export type StateLine = z.infer<typeof stateLineSchema>;

/** One line of a flight log; `t` is milliseconds since the flight began, on a clock that never jumps. */
export const flightLineSchema = z.discriminatedUnion('type', [
  z.object({
    t: z.number(),
    type: z.literal('begin'),
    version: z.number().int(),
    flight: z.string(),
    /** Local time with zone, ISO 8601. */
    startedAt: z.string(),
    app: z.string(),
    drone: z.object({
      name: z.string(),
      sdk: z.string().optional(),
      serial: z.string().optional(),
      hardware: z.string().optional(),
      wifiVersion: z.string().optional(),
    }),
  }),
  stateLineSchema,
  z.object({
    t: z.number(),
    type: z.literal('command'),
    command: z.string(),
    outcome: z.string(),
    answer: z.string().optional(),
    roundTripMs: figure,
  }),
  z.object({
    t: z.number(),
    type: z.literal('sticks'),
    right: z.number(),
    forward: z.number(),
    up: z.number(),
    yaw: z.number(),
  }),
  z.object({
    t: z.number(),
    type: z.literal('link'),
    answers: z.string(),
    roundTripMs: z.number().nullable(),
    stateAgeMs: z.number().nullable(),
    videoDatagrams: z.number(),
    videoUnits: z.record(z.string(), z.number()),
  }),
  z.object({ t: z.number(), type: z.literal('failsafe'), name: z.string(), words: z.string() }),
  z.object({ t: z.number(), type: z.literal('note'), words: z.string() }),
  z.object({ t: z.number(), type: z.literal('photo'), fileName: z.string() }),
  /** A film began; `t` is when its first picture was seen. Its name is the file's, without the ending. */
  z.object({ t: z.number(), type: z.literal('film'), name: z.string() }),
  z.object({ t: z.number(), type: z.literal('lost'), lines: z.number() }),
  z.object({ t: z.number(), type: z.literal('end'), why: z.string() }),
]);

export type FlightLine = z.infer<typeof flightLineSchema>;
