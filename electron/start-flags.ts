import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Settings, settingsSchema } from '../shared/settings.ts';
import type { SourceSpec } from '../shared/source.ts';
import { MAX_DEVICE_CHARS, telloSourceSchema, webcamSourceSchema } from '../shared/source.ts';

/** Where a script finds the station when nobody chose a port. */
export const DEFAULT_PORT = 8788;

export type Flags = {
  headless: boolean;
  /** Connects to this as soon as the app is up. */
  source: SourceSpec | null;
  /** Local HTTP port, 0 = any; null = no HTTP server (the default of the desktop host). */
  port: number | null;
  /** Which program reads webcams; null = what the settings say. */
  reader: Settings['reader'] | null;
  help: boolean;
  version: boolean;
};

export const USAGE = `Usage: npm start -- [flags]

  --headless               serve the app to a browser instead of opening a window
  --source NAME            connect at once: simulator, tello, webcam, webcam:NAME-OR-PATH, webcam:test
  --port N                 serve HTTP on 127.0.0.1:N; 0 picks a free port (headless: ${DEFAULT_PORT})
  --tello-host HOST        address of the drone (192.168.10.1)
  --tello-ports C,S,V      command port of the drone, local state port, local video port (8889,8890,11111)
  --reader NAME            who reads webcams: auto, ffmpeg, opencv
  --help, --version
`;

/** As much of a wrong value as a message repeats. */
const SHOWN_CHARS = 40;

const portSchema = z.coerce.number().int().min(0).max(65_535);

/** Reads the command line, the same on both hosts. Anything unknown is an error with the usage. */
export function parseFlags(
  args: readonly string[],
): { ok: true; flags: Flags } | { ok: false; message: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        headless: { type: 'boolean', default: false },
        source: { type: 'string' },
        port: { type: 'string' },
        'tello-host': { type: 'string' },
        'tello-ports': { type: 'string' },
        reader: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    });
    const headless = values.headless;
    const tello = readTello(values['tello-host'], values['tello-ports']);
    return {
      ok: true,
      flags: {
        headless,
        source: values.source === undefined ? null : readSource(values.source, tello),
        port: values.port === undefined ? (headless ? DEFAULT_PORT : null) : readPort(values.port),
        reader: values.reader === undefined ? null : readReader(values.reader),
        help: values.help,
        version: values.version,
      },
    };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function readPort(text: string): number {
  const port = portSchema.safeParse(text.trim() === '' ? 'none' : text);
  if (!port.success) throw new Error(`--port wants a number from 0 to 65535, not "${text}".`);
  return port.data;
}

function readReader(text: string): Settings['reader'] {
  const reader = settingsSchema.shape.reader.unwrap().safeParse(text);
  if (!reader.success) throw new Error(`--reader knows auto, ffmpeg and opencv, not "${text}".`);
  return reader.data;
}

function readTello(host: string | undefined, ports: string | undefined): SourceSpec {
  const [command, state, video, ...rest] = ports?.split(',').map(portNumber) ?? [];
  if (ports !== undefined && (video === undefined || rest.length > 0)) {
    throw new Error(`--tello-ports wants three ports with commas between, not "${ports}".`);
  }
  const spec = telloSourceSchema.safeParse({
    kind: 'tello',
    ...(host === undefined ? {} : { host }),
    ...(ports === undefined ? {} : { ports: { command, state, video } }),
  });
  if (spec.success) return spec.data;
  const issue = spec.error.issues[0];
  const isHost = issue?.path[0] === 'host';
  // Rules of the contract's own come with their words.
  if (issue?.code === 'custom') {
    throw new Error(`${isHost ? '--tello-host' : '--tello-ports'}: ${issue.message}.`);
  }
  throw new Error(
    isHost
      ? `--tello-host wants a host name or an IPv4 address, not "${host}".`
      : `--tello-ports wants three ports from 1 to 65535, not "${ports}".`,
  );
}

/** Plain digits only, as in the form: \`1e4\` and \`0x22ba\` are no ports. */
function portNumber(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}

function readSource(text: string, tello: SourceSpec): SourceSpec {
  if (text === 'simulator') return { kind: 'simulator' };
  if (text === 'tello') return tello;
  if (text === 'webcam') return { kind: 'webcam' };
  if (text.startsWith('webcam:') && text.length > 'webcam:'.length) {
    return readWebcam(text.slice('webcam:'.length));
  }
  throw new Error(`--source knows simulator, tello, webcam and webcam:NAME, not "${clip(text)}".`);
}

function readWebcam(device: string): SourceSpec {
  const spec = webcamSourceSchema.safeParse({ kind: 'webcam', device });
  if (spec.success) return spec.data;
  throw new Error(
    `--source webcam:NAME takes a name or path of up to ${MAX_DEVICE_CHARS} characters; ` +
      `"${clip(device)}" has ${device.length}.`,
  );
}

/** The start of what somebody typed: a message is read in one line. */
function clip(text: string): string {
  return text.length <= SHOWN_CHARS ? text : `${text.slice(0, SHOWN_CHARS)}…`;
}
