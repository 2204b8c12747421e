import type { Host } from '../../shared/host.ts';
import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { say } from './language.ts';

/** `waiting`: too early to tell. */
type LinkCheck = { name: string; is: 'yes' | 'no' | 'waiting'; says: string };

/** What has not come by then is missing: the drone answers within milliseconds, and reports ten times a second. */
const MISSING_AFTER_MS = 3_000;

/**
 * What is known of the way to a drone, step by step, up to the first one that fails: this computer's
 * network, commands, state, video. Empty for what is no drone.
 */
export function linkChecks(status: Status | null, host: Host | null): LinkCheck[] {
  if (status?.source?.kind !== 'tello') return [];
  const words = say().checks;
  const { links, error } = status;
  const answers = links?.command.answers ?? 'unknown';
  const answered = answers === 'answering' || answers === 'slow';
  const unanswered = answers === 'silent' || error?.code === 'commands-unanswered';
  const state = stateCheck(status);
  const video = videoCheck(status);
  let commands: LinkCheck['is'] = 'waiting';
  if (answered) commands = 'yes';
  else if (unanswered) commands = 'no';
  const steps: LinkCheck[] = [
    ...networkCheck(status.source.host, host, answered),
    { name: 'commands', is: commands, says: words.commands[commands] },
    { name: 'state', is: state, says: words.state[state] },
    { name: 'video', is: video, says: words.video[video] },
  ];
  const bad = steps.findIndex(({ is }) => is !== 'yes');
  return bad === -1 ? steps : steps.slice(0, bad + 1);
}

/** What came once and comes no longer does not arrive. */
function stateCheck({ drone, links, stateAgeMs }: Status): LinkCheck['is'] {
  if (drone !== null && drone.ageMs < STALE_AFTER_MS) return 'yes';
  return links !== null && stateAgeMs > MISSING_AFTER_MS ? 'no' : 'waiting';
}

function videoCheck({ phase, video }: Status): LinkCheck['is'] {
  const ageMs = video?.lastFrameAgeMs ?? null;
  if (phase === 'waiting-for-keyframe' || (ageMs !== null && ageMs < STALE_AFTER_MS)) return 'yes';
  return phase === 'no-video' || phase === 'silent' ? 'no' : 'waiting';
}

/** By the first three numbers of the address, as the drone's own network has it; who answers has been reached anyhow. */
function networkCheck(drone: string, host: Host | null, answered: boolean): LinkCheck[] {
  if (host === null || !/^\d+\.\d+\.\d+\.\d+$/.test(drone) || drone.startsWith('127.')) return [];
  const net = drone.slice(0, drone.lastIndexOf('.') + 1);
  const mine = host.addresses.find(({ address }) => address.startsWith(net));
  const words = say().checks;
  if (mine !== undefined) {
    return [{ name: 'network', is: 'yes', says: words.onNetwork(mine.name, mine.address) }];
  }
  return answered ? [] : [{ name: 'network', is: 'no', says: words.offNetwork }];
}
