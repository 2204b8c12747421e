import type { Surroundings } from './flight-state.ts';

export type VideoChange = {
  fps?: number;
  bitrateBps?: number;
  resolution?: 'low' | 'high';
  looksDown?: boolean;
};

/** What the drone does besides flying. */
export type DroneEffects = {
  /** Sends video from now on, or no longer. */
  stream(on: boolean): void;
  /** Where state and video go on the client's address. */
  ports(statePort: number, videoPort: number): void;
  video(change: VideoChange): void;
  /** Is away, and comes back forgetting its client. */
  reboot(afterMs: number): void;
  /** How it answers badly at the moment. */
  manners(): Manners;
  surroundings(): Surroundings;
};

/** Ways to answer that were seen on real units and on emulators. */
export type Manners = {
  /** `ok` to everything, questions too. */
  alwaysOk: boolean;
  /** `error` to `streamon`, though the video flows. */
  streamonError: boolean;
  /** No answer to a takeoff; landing begins this late, and one `ok` comes for both; null = proper answers. */
  oneOkForTwoMs: number | null;
  /** Too dark, or a floor without a pattern: it refuses what needs to hold a place; the sticks work. */
  noValidImu: boolean;
};

/** `null`: the drone never answers this one. */
export type Answer = string | null;
