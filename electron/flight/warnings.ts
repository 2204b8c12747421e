import type { Warning } from '../../shared/flight.ts';

/** A warning that was over for less than this is the same one: it is not said again. */
const REST_MS = 10_000;
const OVERHEATING_C = 80;
/** An unflown Tello heats up, and switches itself off after some minutes. */
const LONG_ON_GROUND_MS = 180_000;
/** Under load the charge reads some per cent lower. */
const WAVERS_PERCENT = 5;
const BATTERY_STEPS = [10, 20, 30] as const;
/** The usual answer takes 29 ms. */
const WEAK_ROUND_TRIP_MS = 500;
/** It lands in five seconds: time to take a stick. */
const LANDING_SOON_MS = 5_000;

export type WarningFacts = {
  batteryPercent: number | undefined;
  minutesLeft: number | null;
  hottestC: number | undefined;
  /** How long it stood on the ground with its motors off. */
  onGroundMs: number;
  link: 'none' | 'fresh' | 'stale' | 'lost';
  roundTripP95Ms: number | null;
  isSlowToAnswer: boolean;
  couldBeFlying: boolean;
  hasImuError: boolean;
  hasRestarted: boolean;
  landsByItself: { by: 'drone' | 'hoverdeck'; inMs: number } | null;
};

/** What is to be said once, when it begins: no siren. */
export class Warnings {
  readonly #lastMs = new Map<Warning['code'], number>();
  #active: Warning[] = [];

  get active(): readonly Warning[] {
    return this.#active;
  }

  /** Returns what was not warned of before. */
  update(facts: WarningFacts, nowMs: number): Warning[] {
    this.#active = warningsFor(facts);
    this.#keepBatterySteps(facts.batteryPercent, nowMs);
    const begun: Warning[] = [];
    for (const warning of this.#active) {
      const lastMs = this.#lastMs.get(warning.code);
      if (lastMs === undefined || nowMs - lastMs > REST_MS) begun.push(warning);
      this.#lastMs.set(warning.code, nowMs);
    }
    return begun;
  }

  /** A charge that wavers about a step was warned of; only a fuller battery begins anew. */
  #keepBatterySteps(percent: number | undefined, nowMs: number): void {
    for (const step of BATTERY_STEPS) {
      const code = `battery-${step}` as const;
      if (percent !== undefined && percent > step + WAVERS_PERCENT) this.#lastMs.delete(code);
      else if (this.#lastMs.has(code)) this.#lastMs.set(code, nowMs);
    }
  }
}

function warningsFor(facts: WarningFacts): Warning[] {
  return [
    batteryWarning(facts),
    heatWarning(facts),
    ...linkWarnings(facts),
    ...droneWarnings(facts),
  ].filter((warning) => warning !== null);
}

function batteryWarning({ batteryPercent, minutesLeft }: WarningFacts): Warning | null {
  if (batteryPercent === undefined) return null;
  const step = BATTERY_STEPS.find((percent) => batteryPercent <= percent);
  if (step === undefined) return null;
  const minutes = minutesLeft === null ? '' : `, about ${Math.round(minutesLeft)} min in the air`;
  return {
    code: `battery-${step}`,
    message: `Battery at ${batteryPercent} %${minutes}.`,
    tip: step === 10 ? 'Land now.' : 'Come back in time.',
  };
}

function heatWarning({ hottestC, onGroundMs }: WarningFacts): Warning | null {
  if (hottestC !== undefined && hottestC >= OVERHEATING_C) {
    const tip = 'Fly, so that air cools it, or switch it off.';
    return { code: 'overheating', message: `The drone is hot: ${hottestC} °C.`, tip };
  }
  if (onGroundMs < LONG_ON_GROUND_MS) return null;
  const message = `It has stood here for ${Math.round(onGroundMs / 60_000)} min with its motors off and gets warm.`;
  return {
    code: 'warm-on-ground',
    message,
    tip: 'It may switch itself off. Fly, or switch it off.',
  };
}

function linkWarnings(facts: WarningFacts): Warning[] {
  const warnings: Warning[] = [];
  if (facts.link === 'lost') {
    const message = facts.couldBeFlying
      ? 'The link is lost. The drone hovers, and lands by itself.'
      : 'The link is lost.';
    warnings.push({ code: 'link-lost', message, tip: 'Go closer to the drone.' });
  } else if (isWeak(facts)) {
    const tip = 'Come closer, or turn the aerial of the computer towards it.';
    warnings.push({ code: 'link-weak', message: 'The link is weak.', tip });
  }
  const { landsByItself } = facts;
  if (landsByItself !== null && landsByItself.inMs <= LANDING_SOON_MS) {
    const why = landsByItself.by === 'drone' ? 'It hears nothing' : 'Nobody flies it';
    const seconds = Math.max(0, Math.round(landsByItself.inMs / 1_000));
    const message = `${why}: it lands by itself in ${seconds} s.`;
    warnings.push({ code: 'lands-by-itself', message, tip: 'Touch the controls to keep it up.' });
  }
  return warnings;
}

function isWeak({ link, roundTripP95Ms, isSlowToAnswer }: WarningFacts): boolean {
  return link === 'stale' || isSlowToAnswer || (roundTripP95Ms ?? 0) > WEAK_ROUND_TRIP_MS;
}

function droneWarnings({ hasImuError, hasRestarted }: WarningFacts): Warning[] {
  const warnings: Warning[] = [];
  if (hasImuError) {
    const tip = 'More light and a floor with a pattern help. Sticks may work all the same.';
    warnings.push({ code: 'imu-error', message: 'The drone’s sensors are not ready.', tip });
  }
  if (hasRestarted) {
    warnings.push({ code: 'restarted', message: 'The drone was switched off and on.' });
  }
  return warnings;
}
