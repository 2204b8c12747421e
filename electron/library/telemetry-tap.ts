import { nowUs } from '../base/clock.ts';
import type { DroneControls, Telemetry } from '../video/drone-controls.ts';

/** Older than this it says nothing of the present moment: ten reports are missing then. */
const FRESH_FOR_US = 1_000_000;

/** Listens to whatever drone is open, and keeps its newest report. */
export class TelemetryTap {
  readonly #onTelemetry: (telemetry: Telemetry) => void;
  #controls: DroneControls | null = null;
  #unlisten: () => void = () => undefined;
  #newest: Telemetry | null = null;

  constructor(onTelemetry: (telemetry: Telemetry) => void) {
    this.#onTelemetry = onTelemetry;
  }

  /** The source that is open has changed, maybe. Returns whether it has. */
  follow(controls: DroneControls | null): boolean {
    if (controls === this.#controls) return false;
    this.#unlisten();
    this.#controls = controls;
    this.#newest = null;
    this.#unlisten =
      controls?.onTelemetry((telemetry) => {
        this.#newest = telemetry;
        this.#onTelemetry(telemetry);
      }) ?? (() => undefined);
    return true;
  }

  get controls(): DroneControls | null {
    return this.#controls;
  }

  /** What the drone said within the last second. */
  fresh(): Telemetry | null {
    const newest = this.#newest;
    return newest !== null && nowUs() - newest.atUs < FRESH_FOR_US ? newest : null;
  }

  dispose(): void {
    this.follow(null);
  }
}
