import { StationError } from '../../../base/failures.ts';
import type { TelloTimings } from '../timings.ts';
import { RESTART_DRONE_TIP } from '../tips.ts';
import { isOk } from './answers.ts';
import type { CommandLink } from './command-link.ts';

/** Where a drone sends its state and video unless told otherwise. */
const VENDOR_STATE_PORT = 8890;
const VENDOR_VIDEO_PORT = 11_111;

export type LocalPorts = { state: number; video: number };

export type VideoRequest = {
  /** False where the drone was asked to send to other ports than the vendor's and did not agree. */
  portsAccepted: boolean;
};

/**
 * Makes the drone listen (`command`) and send video (`streamon`), to our ports where they are not the
 * vendor's (`port`, SDK 3.0). All of it may be repeated at any time and moves nothing. Rejects with
 * `drone-refused`, or as `CommandLink.send` does.
 */
export async function requestVideo(
  link: CommandLink,
  ports: LocalPorts,
  timings: TelloTimings,
  signal: AbortSignal,
): Promise<VideoRequest> {
  const send = (command: string) =>
    link.send(command, {
      timeoutMs: timings.commandTimeoutMs,
      tries: timings.commandTries,
      signal,
    });

  requireOk('command', await send('command'));
  const portsAccepted = await choosePorts(send, ports, signal);
  requireOk('streamon', await send('streamon'));
  return { portsAccepted };
}

/** Older drones know no `port`; what comes of that is seen when no video arrives. */
async function choosePorts(
  send: (command: string) => Promise<string>,
  ports: LocalPorts,
  signal: AbortSignal,
): Promise<boolean> {
  if (ports.state === VENDOR_STATE_PORT && ports.video === VENDOR_VIDEO_PORT) return true;
  try {
    return isOk(await send(`port ${ports.state} ${ports.video}`));
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

function requireOk(command: string, answer: string): void {
  if (isOk(answer)) return;
  throw new StationError('drone-refused', `The drone answered “${command}” with “${answer}”.`, {
    tip: RESTART_DRONE_TIP,
  });
}
