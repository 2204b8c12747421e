import type { Phase } from '../../../../shared/status.ts';
import { StationError } from '../../../base/failures.ts';
import { firewallTip, RESTART_DRONE_TIP } from '../tips.ts';
import type { VideoState } from './video-watch.ts';

/** What is wrong with the answers to commands. */
export type CommandTrouble = { kind: 'unanswered' } | { kind: 'slow'; error: StationError };

/** What is known when the words for a fault are chosen. */
export type FaultContext = {
  videoPort: number;
  /** False after the drone declined to send to this port. */
  portsAccepted: boolean;
  /** Null until the drone was asked again; then whether it answered. */
  droneAnswers: boolean | null;
  commandTrouble: CommandTrouble | null;
  /** Why nothing can arrive at the socket for the video, or for the state; null while it can. */
  videoSocket: StationError | null;
  stateSocket: StationError | null;
};

/** The phase of a state of the video, and the error that belongs to it, if something is wrong. */
export function phaseOf(
  state: VideoState,
  context: FaultContext,
): { phase: Phase; error: StationError | null } {
  switch (state) {
    case 'no-video':
      return { phase: 'no-video', error: context.videoSocket ?? noVideo(context) };
    case 'no-keyframe':
      return { phase: 'waiting-for-keyframe', error: noKeyframe() };
    case 'silent':
      return { phase: 'silent', error: context.videoSocket ?? videoLost(context) };
    default:
      return { phase: state, error: besidesVideo(context) };
  }
}

/** The picture is there or on its way: what else the user has to know, the weightiest first. */
function besidesVideo(context: FaultContext): StationError | null {
  const { commandTrouble, videoSocket, stateSocket } = context;
  if (videoSocket !== null) return videoSocket;
  if (commandTrouble?.kind === 'unanswered') return commandsUnanswered();
  return stateSocket ?? commandTrouble?.error ?? null;
}

function commandsUnanswered(): StationError {
  return new StationError(
    'commands-unanswered',
    'The video comes, but the drone answers no command: flying is not possible.',
    {
      tip: 'Hoverdeck keeps asking. Close other Tello programs; if it stays so, switch the drone off and on again.',
    },
  );
}

function noVideo({ videoPort, portsAccepted, droneAnswers }: FaultContext): StationError {
  if (droneAnswers === false) return droneGone();
  if (!portsAccepted) {
    return new StationError(
      'no-video',
      `The drone does not know how to send its video to port ${videoPort}.`,
      { tip: 'Its firmware is older than SDK 3.0: use the ports 8890 (state) and 11111 (video).' },
    );
  }
  return new StationError('no-video', 'The drone answers, but no video arrives.', {
    tip: firewallTip(videoPort, process.platform),
  });
}

function noKeyframe(): StationError {
  return new StationError(
    'no-keyframe',
    'Video arrives, but no picture can be made of it yet: its keyframes are missing or damaged.',
    { tip: `Fly closer, away from other Wi-Fi networks. If it stays so: ${RESTART_DRONE_TIP}` },
  );
}

function videoLost({ droneAnswers }: FaultContext): StationError {
  if (droneAnswers === false) return droneGone();
  return new StationError('video-lost', 'The video stopped.', {
    tip: 'Hoverdeck keeps asking for it; the picture comes back by itself.',
  });
}

function droneGone(): StationError {
  return new StationError('video-lost', 'The drone sends no video and no longer answers.', {
    tip: 'Check its battery, its distance and that this computer is still in its Wi-Fi. The picture comes back by itself.',
  });
}
