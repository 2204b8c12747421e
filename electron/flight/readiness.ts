import type { FlightPhase, Reason } from '../../shared/flight.ts';
import type { DroneState } from '../video/drone-controls.ts';

/** The vendor's own bound: with less the motors do not start. */
const MIN_BATTERY_PERCENT = 10;
/** It flies at 70 and warns at 80; beyond this it is about to switch itself off. */
const TOO_HOT_C = 90;
/** No floor to take off from. */
const TILTED_DEGREES = 30;

export type ReadinessFacts = {
  isOpen: boolean;
  link: 'none' | 'fresh' | 'stale' | 'lost';
  phase: FlightPhase;
  state: DroneState | null;
  isTakingOff: boolean;
  /** It said so a moment ago. */
  hasImuError: boolean;
  offNeutral: boolean;
};

/** Why it cannot take off now, the weightiest first; none when it can. */
export function reasonsAgainst(facts: ReadinessFacts): Reason[] {
  const { state, phase } = facts;
  if (!facts.isOpen) {
    return [reason('no-drone', 'No drone is connected.', 'Connect to a drone or the simulator.')];
  }
  if (facts.link === 'none' || state === null) {
    const tip = 'It comes within a second. If not, a firewall may block UDP port 8890.';
    return [reason('state-missing', 'The drone has not told its state yet.', tip)];
  }
  if (facts.link !== 'fresh') {
    const tip = 'Come closer, or join the drone’s Wi-Fi again.';
    return [reason('state-stale', 'The drone’s state is too old.', tip)];
  }
  const reasons: Reason[] = [];
  if (facts.isTakingOff || phase === 'taking-off') {
    reasons.push(reason('taking-off', 'It is taking off already.', 'Watch the height.'));
  } else if (phase === 'flying' || phase === 'landing') {
    reasons.push(reason('already-flying', 'It is in the air.', 'Land first.'));
  } else if (phase === 'unknown') {
    const tip = 'Wait two seconds: its telemetry has to show that the motors stand still.';
    reasons.push(reason('phase-unknown', 'It is not certain yet that it is on the ground.', tip));
  }
  reasons.push(...bodilyReasons(state));
  if (facts.hasImuError) {
    const tip = 'Give it more light and a floor with a pattern, then try again.';
    reasons.push(reason('imu-error', 'The drone says that its sensors are not ready.', tip));
  }
  if (facts.offNeutral) {
    reasons.push(reason('sticks-not-neutral', 'A stick is held.', 'Let go of all sticks.'));
  }
  return reasons;
}

function bodilyReasons(state: DroneState): Reason[] {
  const { batteryPercent, pitchDegrees = 0, rollDegrees = 0 } = state;
  const reasons: Reason[] = [];
  if (batteryPercent !== undefined && batteryPercent < MIN_BATTERY_PERCENT) {
    const message = `The battery has ${batteryPercent} %: the motors do not start below ${MIN_BATTERY_PERCENT} %.`;
    reasons.push(reason('battery-low', message, 'Put in a charged battery.'));
  }
  const hottestC = state.highestTemperatureC ?? state.lowestTemperatureC;
  if (hottestC !== undefined && hottestC >= TOO_HOT_C) {
    const message = `The drone is too hot: ${hottestC} °C.`;
    reasons.push(reason('too-hot', message, 'Switch it off and let it cool.'));
  }
  if (Math.max(Math.abs(pitchDegrees), Math.abs(rollDegrees)) > TILTED_DEGREES) {
    reasons.push(reason('tilted', 'The drone lies on its side.', 'Set it on level ground.'));
  }
  return reasons;
}

function reason(code: Reason['code'], message: string, tip: string): Reason {
  return { code, message, tip };
}
