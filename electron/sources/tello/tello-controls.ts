import { performance } from 'node:perf_hooks';
import { StationError } from '../../base/failures.ts';
import type {
  CommandOutcome,
  Departure,
  DroneControls,
  DroneIdentity,
  Sticks,
} from '../../video/drone-controls.ts';
import type { CommandLink, ExpressCommand } from './commands/command-link.ts';
import type { TelemetryLink } from './telemetry/telemetry-link.ts';
import type { VideoLink } from './video/video-link.ts';

/** Full deflection either way. */
const FULL_PERCENT = 100;
/** The longest command of the vendor's guides (`curve` with a mission pad) has some 40 characters. */
const MAX_COMMAND_CHARS = 256;
const PRINTABLE = /^[\x20-\x7e]+$/;
const RC = /^rc (-?\d{1,3}) (-?\d{1,3}) (-?\d{1,3}) (-?\d{1,3})$/;
const EXPRESS: readonly string[] = ['stop', 'land', 'emergency'] satisfies ExpressCommand[];

/** The links of a Tello as a pilot uses them. */
export function telloControls(
  link: CommandLink,
  telemetry: TelemetryLink,
  video: VideoLink,
  identity: () => DroneIdentity,
): DroneControls {
  const sticks = ({ right, forward, up, yaw }: Sticks) =>
    link.sticks(`rc ${[right, forward, up, yaw].map(percent).join(' ')}`);

  return {
    async send(command, { timeoutMs, signal }): Promise<CommandOutcome> {
      const text = command.trim().replace(/ {2,}/g, ' ');
      if (text.length > MAX_COMMAND_CHARS || !PRINTABLE.test(text)) return notACommand();
      if (isExpress(text)) return link.express(text);
      if (text === 'rc' || text.startsWith('rc ')) return sendSticks(text, sticks);
      const options = { timeoutMs, sender: 'pilot', ...(signal ? { signal } : {}) } as const;
      const outcome = await link.perform(text, options);
      if (outcome.outcome !== 'cancelled') return outcome;
      // Only background questions are put off for others; for a pilot it could mean nothing but the end.
      return { ...outcome, by: outcome.by === 'pre-empted' ? 'closed' : outcome.by };
    },
    sticks,
    stop: () => link.express('stop'),
    land: () => link.express('land'),
    emergency: () => link.express('emergency'),
    onTelemetry: (listener) => telemetry.listen(listener),
    identity,
    quality: () => ({
      answers: link.times.health,
      roundTripMs: link.times.percentiles(performance.now()),
      stateAgeMs: telemetry.ageMs,
      video: { datagrams: video.datagrams, units: video.units },
    }),
  };
}

function sendSticks(text: string, sticks: (sticks: Sticks) => void): Departure {
  const [, right, forward, up, yaw] = RC.exec(text)?.map(Number) ?? [];
  if (right === undefined || forward === undefined || up === undefined || yaw === undefined) {
    return notACommand('“rc” wants four whole numbers from -100 to 100.');
  }
  sticks({ right, forward, up, yaw });
  return { outcome: 'sent' };
}

/** Stray values must not fly: no number is no deflection. */
function percent(value: number): number {
  if (Number.isNaN(value)) return 0;
  // Adding 0 turns -0, which would be sent as such by nobody, into 0.
  return Math.round(Math.min(FULL_PERCENT, Math.max(-FULL_PERCENT, value))) + 0;
}

function isExpress(text: string): text is ExpressCommand {
  return EXPRESS.includes(text);
}

function notACommand(message = 'A command is one line of plain letters, digits and signs.'): {
  outcome: 'not-sent';
  error: StationError;
} {
  return { outcome: 'not-sent', error: new StationError('bad-request', message) };
}
