import { z } from 'zod';
import { hostProblem } from './ipv4.ts';

const port = z.number().int().min(1).max(65_535);

/** Commands are sent from this local port, as real drones want it. */
const COMMANDS_LOCAL_PORT = 8889;
const localPort = port.refine(
  (number) => number !== COMMANDS_LOCAL_PORT,
  `Commands are sent from port ${COMMANDS_LOCAL_PORT}: choose another one`,
);

/** Where a Tello is and which ports it uses; the vendor's values are the defaults. */
const telloPortsSchema = z
  .object({
    /** Command port of the drone. */
    command: port.default(8889),
    /** Local port the 10 Hz state arrives at. */
    state: localPort.default(8890),
    /** Local port the video arrives at. */
    video: localPort.default(11_111),
  })
  // Both are bound on this computer; one socket cannot tell state from video.
  .refine(({ state, video }) => state !== video, {
    path: ['video'],
    message: 'State and video need two different ports',
  });

const hostPattern = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

export const telloSourceSchema = z.object({
  kind: z.literal('tello'),
  host: z
    .string()
    .regex(hostPattern, 'a host name or an IPv4 address')
    .superRefine((host, context) => {
      const problem = hostProblem(host);
      if (problem !== null) context.addIssue({ code: 'custom', message: problem });
    })
    .default('192.168.10.1'),
  ports: telloPortsSchema.prefault({}),
});

const simulatorSourceSchema = z.object({ kind: z.literal('simulator') });

/** Far longer than any device path or id. */
export const MAX_DEVICE_CHARS = 256;

export const webcamSourceSchema = z.object({
  kind: z.literal('webcam'),
  /** Id, device path or name as listed by `cameras.list`; `test` is the synthetic camera; absent = the first camera. */
  device: z
    .string()
    .min(1, 'the name of a camera is empty')
    .max(MAX_DEVICE_CHARS, `the name of a camera has ${MAX_DEVICE_CHARS} characters at most`)
    .optional(),
  mode: z
    .object({
      width: z.number().int().min(16).max(7680),
      height: z.number().int().min(16).max(4320),
      fps: z.number().min(1).max(240),
    })
    .optional(),
});

/** What to look through: everything needed to open it, nothing else. */
export const sourceSpecSchema = z.discriminatedUnion('kind', [
  simulatorSourceSchema,
  telloSourceSchema,
  webcamSourceSchema,
]);

export type SourceSpec = z.infer<typeof sourceSpecSchema>;
export type SourceKind = SourceSpec['kind'];
export type TelloSource = z.infer<typeof telloSourceSchema>;
export type WebcamSource = z.infer<typeof webcamSourceSchema>;
