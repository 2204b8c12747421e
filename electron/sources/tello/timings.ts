import { SOURCE_RETRY_DELAYS_MS } from '../source-retries.ts';

/** Every wait of the Tello side; tests pass shorter ones. */
export type TelloTimings = {
  /** Wait for the answer to one try of a command. */
  commandTimeoutMs: number;
  commandTries: number;
  /** Between the end of one command and the next. */
  commandGapMs: number;
  /** Wait for the answer to one query while getting back in step with the drone. */
  resyncTimeoutMs: number;
  /** Answers that usually take this long are called slow. */
  slowAnswerMs: number;
  /** How long after it left a manoeuvre given up may still be answered. */
  lateManoeuvreMs: number;
  keepAliveMs: number;
  /** Waits before \`streamon\` is tried again after a refusal, while the camera boots. */
  refusedDelaysMs: readonly number[];
  /** Commands are answered and no video datagram came for this long. */
  noVideoAfterMs: number;
  /** Video comes and nothing of it could be decoded for this long. */
  noKeyframeAfterMs: number;
  /** Video that came stopped for this long. */
  silentAfterMs: number;
  /** Waits before asking for the video again; the last one repeats. */
  healDelaysMs: readonly [number, ...number[]];
  /** How often the state of the video is judged. */
  watchMs: number;
  /** How long saying goodbye may hold up a disconnect. */
  farewellMs: number;
};

export const defaultTimings: TelloTimings = {
  // The answer to `command` takes 29 ms, as a rule; Wi-Fi joined a moment ago can take seconds.
  commandTimeoutMs: 2_000,
  commandTries: 3,
  // Less, and real units lose commands.
  commandGapMs: 100,
  resyncTimeoutMs: 1_000,
  // Thirty times the usual, and late for a pilot.
  slowAnswerMs: 1_000,
  // The \`ok\` to a take-off was captured 26.7 s after it.
  lateManoeuvreMs: 30_000,
  // The drone lands by itself after 15 s without a command: two may get lost.
  keepAliveMs: 5_000,
  // A camera that boots is ready within some seconds.
  refusedDelaysMs: [500, 1_000, 2_000],
  noVideoAfterMs: 3_000,
  // A keyframe comes about every second: three chances.
  noKeyframeAfterMs: 3_000,
  // What is older is never shown as live.
  silentAfterMs: 2_000,
  healDelaysMs: SOURCE_RETRY_DELAYS_MS,
  watchMs: 200,
  farewellMs: 200,
};
