/** Out of the last few comparisons the quickest is the most exact; older ones drift. */
const REMEMBERED_COMPARISONS = 10;

/** This worker's time, in microseconds. */
export function nowUs(): number {
  return performance.now() * 1_000;
}

/**
 * The station's clock as seen from here. Each comparison asks for the station's time; half the round
 * trip is the error at most, so the comparison with the shortest round trip wins.
 */
export class StationClock {
  #comparisons: { offsetUs: number; roundTripUs: number }[] = [];

  compare(askedAtUs: number, stationUs: number, answeredAtUs: number): void {
    const roundTripUs = answeredAtUs - askedAtUs;
    if (!(roundTripUs >= 0)) return;
    this.#comparisons.push({ offsetUs: stationUs - (askedAtUs + roundTripUs / 2), roundTripUs });
    if (this.#comparisons.length > REMEMBERED_COMPARISONS) this.#comparisons.shift();
  }

  /** The station's time now, or null before the first comparison. */
  stationNowUs(localUs: number): number | null {
    let best: { offsetUs: number; roundTripUs: number } | undefined;
    for (const comparison of this.#comparisons) {
      if (best === undefined || comparison.roundTripUs < best.roundTripUs) best = comparison;
    }
    return best === undefined ? null : localUs + best.offsetUs;
  }

  /** Another link may mean another station. */
  forget(): void {
    this.#comparisons = [];
  }
}
