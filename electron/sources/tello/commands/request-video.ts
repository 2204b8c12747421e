import { isStationError, StationError } from '../../../base/failures.ts';
import type { TelloTimings } from '../timings.ts';
import { RESTART_DRONE_TIP } from '../tips.ts';
import { isOk } from './answers.ts';
import type { CommandLink } from './command-link.ts';

/** Where a drone sends its state and video unless told otherwise. */
const VENDOR_STATE_PORT = 8890;
const VENDOR_VIDEO_PORT = 11_111;

type LocalPorts = { state: number; video: number };

/** What is seen of the video, which outweighs whatever the drone says about it. */
export type VideoEvidence = {
  /** Whether it comes in just now. */
  flows(): boolean;
  /** Waits until it does, at most so long; says whether it does. Rejects with `cancelled`. */
  arrives(waitMs: number, signal: AbortSignal): Promise<boolean>;
};

export type VideoRequest = {
  /** False where the drone was asked to send to other ports than the vendor's and did not agree. */
  portsAccepted: boolean;
  /** False where the video came although no command was answered. */
  answered: boolean;
};

export type RequestParts = {
  link: CommandLink;
  ports: LocalPorts;
  video: VideoEvidence;
  timings: TelloTimings;
  /** Called when the drone may have heard our `streamon`: then its video is ours to end. */
  onMayStream(): void;
};

/**
 * Makes the drone listen (`command`) and send video (`streamon`), to our ports where they are not the
 * vendor's (`port`, SDK 3.0). All of it may be repeated at any time and moves nothing. Where the video is
 * there, no answer that is missing or says otherwise counts. Rejects with `drone-refused`, or as
 * `CommandLink.send` does.
 */
export async function requestVideo(
  parts: RequestParts,
  signal: AbortSignal,
): Promise<VideoRequest> {
  const { video } = parts;
  try {
    await insist(parts, 'command', signal);
  } catch (error) {
    if (signal.aborted || isRefusal(error)) throw error;
    // Whoever cannot be heard may still hear.
    if (!video.flows()) await startUnheard(parts, signal);
    if (!video.flows()) throw error;
    return { portsAccepted: true, answered: false };
  }
  const portsAccepted = await choosePorts(parts, signal);
  await insist(parts, 'streamon', signal);
  return { portsAccepted, answered: true };
}

function say(parts: RequestParts, command: string, signal: AbortSignal): Promise<string> {
  const { commandTimeoutMs: timeoutMs, commandTries: tries } = parts.timings;
  return parts.link.send(command, { timeoutMs, tries, signal });
}

/** Older drones know no `port`; what comes of that is seen when no video arrives. */
async function choosePorts(parts: RequestParts, signal: AbortSignal): Promise<boolean> {
  const { ports } = parts;
  if (ports.state === VENDOR_STATE_PORT && ports.video === VENDOR_VIDEO_PORT) return true;
  try {
    return isOk(await say(parts, `port ${ports.state} ${ports.video}`, signal));
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

/**
 * Says a command until it is accepted: a drone that refuses, as it does while its camera boots, is asked a few
 * times more. Video that comes needs no `ok`.
 */
async function insist(
  parts: RequestParts,
  command: 'command' | 'streamon',
  signal: AbortSignal,
): Promise<void> {
  const { video, timings } = parts;
  const mayStream = () => {
    if (command === 'streamon') parts.onMayStream();
  };
  for (let refusals = 0; ; refusals++) {
    try {
      requireOk(command, await say(parts, command, signal));
      mayStream();
      return;
    } catch (error) {
      const refused = isRefusal(error);
      if (!refused) mayStream();
      if (signal.aborted) throw error;
      const delayMs = refused ? timings.refusedDelaysMs[refusals] : undefined;
      if (await video.arrives(delayMs ?? 0, signal)) {
        // Without an answer the drone may still be deaf to us: whoever asked has to know.
        if (command === 'command' && !refused) throw error;
        return;
      }
      if (delayMs === undefined) throw error;
    }
  }
}

/** Says `streamon` once to a drone that did not answer, and waits as long for video as for an answer. */
async function startUnheard(parts: RequestParts, signal: AbortSignal): Promise<void> {
  const { link, video, timings } = parts;
  const seen = new AbortController();
  parts.onMayStream();
  const asked = link.perform('streamon', {
    timeoutMs: timings.commandTimeoutMs,
    signal: seen.signal,
    resync: false,
  });
  try {
    await video.arrives(timings.commandTimeoutMs, signal);
  } finally {
    seen.abort();
    await asked;
  }
}

function isRefusal(error: unknown): boolean {
  return isStationError(error) && error.code === 'drone-refused';
}

function requireOk(command: string, answer: string): void {
  if (isOk(answer)) return;
  throw new StationError('drone-refused', `The drone answered “${command}” with “${answer}”.`, {
    tip: RESTART_DRONE_TIP,
  });
}
