import type { Phase } from '../../../../shared/status.ts';
import { StationError } from '../../../base/failures.ts';
import { firewallTip, RESTART_DRONE_TIP } from '../tips.ts';
import type { VideoState } from './video-watch.ts';

/** What is known when the words for a fault are chosen. */
export type FaultContext = {
  videoPort: number;
  /** False after the drone declined to send to this port. */
  portsAccepted: boolean;
  /** Null until the drone was asked again; then whether it answered. */
  droneAnswers: boolean | null;
};

/** The phase of a state of the video, and the error that belongs to it, if something is wrong. */
export function phaseOf(
  state: VideoState,
  context: FaultContext,
): { phase: Phase; error: StationError | null } {
  switch (state) {
    case 'no-video':
      return { phase: 'no-video', error: noVideo(context) };
    case 'no-keyframe':
      return { phase: 'waiting-for-keyframe', error: noKeyframe() };
    case 'silent':
      return { phase: 'silent', error: videoLost(context) };
    default:
      return { phase: state, error: null };
  }
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
