/** Every wait and bound of flying, beside its reason. Tests pass shorter ones where they would wait too long. */
export type FlightLimits = {
  /** Sticks count for so long; then they are let go, whoever holds them. */
  stickExpiryMs: number;
  /** Telemetry older than this is too old to steer by. */
  staleAfterMs: number;
  /** And older than this, the link is lost. */
  lostAfterMs: number;
  /** The vendor's rule: without a command for so long, a flying drone lands by itself. */
  droneLandsAfterMs: number;
  /** Nobody at the controls for so long: it is told to land. */
  unpilotedLandsAfterMs: number;
  /** Who said nothing for so long may lose the controls to whoever acts. */
  pilotSilentMs: number;
  /** How long the telemetry is watched for a take-off, and for everything else that moves. */
  takeOffShowsMs: number;
  manoeuvreShowsMs: number;
  /** How long the goodbye of a flying drone may hold up the end of the app. */
  goodbyeMs: number;
};

export const flightLimits: FlightLimits = {
  // Seven updates at 25 a second.
  stickExpiryMs: 300,
  // Fifteen reports that did not come.
  staleAfterMs: 1_500,
  lostAfterMs: 4_000,
  droneLandsAfterMs: 15_000,
  // No longer than the drone's own patience, which the keep-alive of the link would outlast.
  unpilotedLandsAfterMs: 15_000,
  pilotSilentMs: 2_000,
  // Take-off takes 8.7 s, as a rule; a landing was captured that began 17 s late. Pages wait 30 s for an answer.
  takeOffShowsMs: 20_000,
  manoeuvreShowsMs: 26_000,
  goodbyeMs: 1_500,
};
