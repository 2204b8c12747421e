import type { FlightPhase } from '../../shared/flight.ts';
import type { DroneControls, DroneState, Telemetry } from '../video/drone-controls.ts';
import type { FlightLimits } from './flight-limits.ts';
import { FlightObserver } from './flight-observer.ts';
import { TelemetryHistory } from './telemetry-history.ts';

/** How long a restart, or a complaint of the drone about its sensors, is worth a word. */
const NEWS_MS = 10_000;
/** An IMU error forbids the next take-off only so long: light may have been switched on. */
const IMU_ERROR_MS = 5_000;

/** One open drone: its controls, and what is known of it by now. */
export class Aircraft {
  readonly controls: DroneControls;
  readonly observer: FlightObserver;
  readonly history = new TelemetryHistory();
  readonly #limits: FlightLimits;
  readonly #nowMs: () => number;
  readonly #stopListening: () => void;
  #newest: Telemetry | null = null;
  #heardAtMs: number | null = null;
  #restartedAtMs = Number.NEGATIVE_INFINITY;
  #imuErrorAtMs = Number.NEGATIVE_INFINITY;
  #groundedSinceMs: number | null = null;

  constructor(
    controls: DroneControls,
    limits: FlightLimits,
    nowMs: () => number,
    onTelemetry: (telemetry: Telemetry) => void,
  ) {
    this.controls = controls;
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.observer = new FlightObserver(limits.lostAfterMs);
    this.#stopListening = controls.onTelemetry((telemetry) => {
      this.#receive(telemetry);
      onTelemetry(telemetry);
    });
  }

  get phase(): FlightPhase {
    return this.observer.phase(this.#nowMs());
  }

  get couldBeFlying(): boolean {
    return this.observer.couldBeFlying(this.#nowMs());
  }

  get state(): DroneState | null {
    return this.#newest?.state ?? null;
  }

  /** Null before the first report. */
  get stateAgeMs(): number | null {
    return this.#heardAtMs === null ? null : this.#nowMs() - this.#heardAtMs;
  }

  get link(): 'none' | 'fresh' | 'stale' | 'lost' {
    const ageMs = this.stateAgeMs;
    if (ageMs === null) return 'none';
    if (ageMs > this.#limits.lostAfterMs) return 'lost';
    return ageMs > this.#limits.staleAfterMs ? 'stale' : 'fresh';
  }

  get onGroundMs(): number {
    return this.#groundedSinceMs === null ? 0 : this.#nowMs() - this.#groundedSinceMs;
  }

  get hasRestarted(): boolean {
    return this.#nowMs() - this.#restartedAtMs < NEWS_MS;
  }

  get hasImuError(): boolean {
    return this.#nowMs() - this.#imuErrorAtMs < IMU_ERROR_MS;
  }

  imuError(): void {
    this.#imuErrorAtMs = this.#nowMs();
  }

  dispose(): void {
    this.#stopListening();
  }

  #receive(telemetry: Telemetry): void {
    const nowMs = this.#nowMs();
    const restarts = this.observer.restarts;
    this.#newest = telemetry;
    this.#heardAtMs = nowMs;
    const phase = this.observer.telemetry(telemetry.state, nowMs);
    if (this.observer.restarts > restarts) this.#restartedAtMs = nowMs;
    const isGrounded = phase === 'grounded' && this.observer.motorsRunning !== true;
    this.#groundedSinceMs = isGrounded ? (this.#groundedSinceMs ?? nowMs) : null;
    this.history.add(telemetry, phase === 'flying', nowMs);
  }
}
