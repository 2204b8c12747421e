/** Where the camera is and how it is held. Places in metres from the landing pad, angles in radians. */
export type Pose = {
  /** To the right and ahead of where it stood at first, and above the pad. */
  xM: number;
  zM: number;
  heightM: number;
  /** Clockwise from where it looked at first. */
  yaw: number;
  /** Nose up. */
  pitch: number;
  /** Right side down. */
  roll: number;
};

export const POSE_AT_START: Pose = { xM: 0, zM: 0, heightM: 0, yaw: 0, pitch: 0, roll: 0 };

const ROUND_MS = 60_000;

/** A calm round over the land, the same on every run: for pictures of it, and for streams to compare. */
export function tourPose(atMs: number): Pose {
  const turn = (2 * Math.PI * atMs) / ROUND_MS;
  return {
    xM: 3 * Math.sin(turn),
    zM: 2 - 2 * Math.cos(turn),
    heightM: 1.4 - 0.6 * Math.cos(turn * 2),
    yaw: 0.5 * Math.sin(turn + 0.4),
    pitch: -0.05 * Math.cos(turn),
    roll: 0.09 * Math.cos(turn + 0.4),
  };
}
