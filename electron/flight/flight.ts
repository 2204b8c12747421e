import type {
  FlightAction,
  FlightCommandOutcome,
  FlightState,
  FlipDirection,
  HistoryPoint,
  ManoeuvreOutcome,
  MoveDirection,
  TelemetryReport,
} from '../../shared/flight.ts';
import type { Caller } from '../base/caller.ts';
import { StationError } from '../base/failures.ts';
import type { StationEvents } from '../base/station-events.ts';
import type { DroneControls, Sticks, Telemetry } from '../video/drone-controls.ts';
import { Aircraft } from './aircraft.ts';
import { FailSafes } from './fail-safes.ts';
import type { FlightLimits } from './flight-limits.ts';
import type { Intent } from './flight-observer.ts';
import { Manoeuvres } from './manoeuvres.ts';
import { Pilot } from './pilot.ts';
import { reasonsAgainst } from './readiness.ts';
import { isImuError } from './refusal-tips.ts';
import { looksFlying, looksLanded, looksMoved, looksStill, looksStopped } from './seen-motion.ts';
import { StickLine } from './stick-line.ts';
import { Warnings } from './warnings.ts';

/** The clock of failsafes and of what is said: finer than any of their times. */
const TICK_MS = 50;
/** State goes out at most this often while it changes, and this often while it does not. */
const SAY_MS = 100;
const HEARTBEAT_MS = 500;
/** A drone that floods its state port is passed on no faster than this. */
const TELEMETRY_GAP_MS = 50;
/** A battery with less refuses flips. */
const FLIP_PERCENT = 50;
/** How long a stop takes to show. */
const STOP_SHOWS_MS = 5_000;
/** Waits for answers, beyond which real units do not answer. */
const ANSWER_MS = 7_000;
const TAKE_OFF_ANSWER_MS = 20_000;
/** The drone gives a manoeuvre up after 15 s. */
const MOVE_MS = 20_000;
/** Between a stop and a landing, for units that lose commands that come at once. */
const BETWEEN_MS = 100;

/** One line of what happened, for whoever keeps it. */
export type FlightNote = {
  kind: 'phase' | 'pilot' | 'asked' | 'outcome' | 'fail-safe' | 'warning' | 'link';
  text: string;
};

export type FlightParts = {
  events: StationEvents;
  limits: FlightLimits;
  stickLimitPercent: () => number;
  /** Hears of every transition. */
  note: (note: FlightNote) => void;
  nowMs: () => number;
};

/** Flying, as far as main decides about it: one pilot, one drone, and what happens when either goes silent. */
export class Flight {
  readonly #parts: FlightParts;
  readonly #pilot: Pilot;
  readonly #line: StickLine;
  readonly #manoeuvres: Manoeuvres;
  readonly #failSafes: FailSafes;
  #warnings = new Warnings();
  #aircraft: Aircraft | null = null;
  #tick: NodeJS.Timeout | undefined;
  /** What this drone was told before it is let go of. */
  #goodbye: Promise<void> | null = null;
  #phase: FlightState['phase'] = 'unknown';
  #link: FlightState['link'] = 'none';
  #said = '';
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #telemetrySaidAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: FlightParts) {
    this.#parts = parts;
    const { nowMs, limits } = parts;
    this.#line = new StickLine({
      send: (sticks) => this.#aircraft?.controls.sticks(sticks),
      expiryMs: limits.stickExpiryMs,
      onExpired: () => this.#cutOff('the sticks were not renewed'),
      nowMs,
    });
    this.#pilot = new Pilot({
      silentMs: limits.pilotSilentMs,
      onChange: (_pilot, why) => {
        this.#line.letGo();
        this.#note('pilot', why);
        this.#say();
      },
      nowMs,
    });
    this.#manoeuvres = new Manoeuvres(nowMs);
    this.#failSafes = new FailSafes(limits, nowMs);
  }

  /** The open source flies, or no longer. */
  attach(controls: DroneControls | null): void {
    if (this.#aircraft !== null) {
      this.#line.silence();
      this.#manoeuvres.cancelAll('closed');
      this.#aircraft.dispose();
    }
    clearInterval(this.#tick);
    this.#aircraft = null;
    this.#goodbye = null;
    this.#phase = 'unknown';
    this.#link = 'none';
    this.#warnings = new Warnings();
    this.#pilot.needNeutral();
    if (controls !== null) {
      const { limits, nowMs } = this.#parts;
      this.#aircraft = new Aircraft(controls, limits, nowMs, (telemetry) =>
        this.#receive(telemetry),
      );
      this.#tick = setInterval(() => this.#look(), TICK_MS);
    }
    this.#say();
  }

  get couldBeFlying(): boolean {
    return this.#aircraft?.couldBeFlying ?? false;
  }

  history(): HistoryPoint[] {
    return this.#aircraft?.history.points(this.#parts.nowMs()) ?? [];
  }

  /** A page or a script said something: a pilot who says something is there. */
  heard(caller: Caller): void {
    this.#pilot.heard(caller);
  }

  takeControls(caller: Caller): void {
    this.#pilot.take(caller);
  }

  releaseControls(caller: Caller): void {
    this.#pilot.release(caller, 'let go of the controls');
  }

  /** @throws StationError `not-the-pilot`, `not-connected` */
  sticks(caller: Caller, sticks: Sticks): { sent: Sticks; neutralNeeded: boolean } {
    const aircraft = this.#open();
    const places = [sticks.right, sticks.forward, sticks.up, sticks.yaw];
    // A page that merely shows its sticks at rest is no pilot.
    const isPilot = this.#pilot.holder?.id === caller.id;
    if (!isPilot && places.every((place) => place === 0)) {
      return { sent: this.#line.held, neutralNeeded: true };
    }
    this.#pilot.act(caller);
    const accepted = this.#pilot.accepts(places);
    if (accepted && this.#mayMove(aircraft)) this.#line.hold(this.#limited(sticks));
    else {
      this.#line.letGo();
      // What is held before it counts must not begin to count by itself.
      if (places.some((place) => place !== 0)) this.#pilot.needNeutral();
    }
    return { sent: this.#line.held, neutralNeeded: this.#pilot.neutralNeeded };
  }

  /** @throws StationError `not-ready`, `not-the-pilot`, `not-connected` */
  async takeOff(caller: Caller): Promise<ManoeuvreOutcome> {
    const aircraft = this.#readyForTakeOff(caller);
    const { takeOffShowsMs: waitMs } = this.#parts.limits;
    this.#asked('take-off', caller);
    this.#intend('take-off');
    const outcome = await this.#manoeuvres.perform(
      () => ({ action: 'take-off', look: looksFlying, waitMs, okIsTheEnd: false }),
      (signal) => aircraft.controls.send('takeoff', { timeoutMs: TAKE_OFF_ANSWER_MS, signal }),
    );
    if (outcome.outcome === 'refused') aircraft.observer.forget('take-off');
    return this.#tell('take-off', outcome);
  }

  /** Anybody may land. @throws StationError `not-connected`, or why it was not sent */
  async land(caller: Caller): Promise<ManoeuvreOutcome> {
    const { controls } = this.#open();
    const { manoeuvreShowsMs: waitMs } = this.#parts.limits;
    const plan = { action: 'land', look: looksLanded, waitMs, okIsTheEnd: false } as const;
    const outcome = this.#manoeuvres.express(plan, 'land', () => {
      // Sticks at zero would hold it where it is.
      this.#line.silence();
      return controls.land();
    });
    this.#intend('land');
    this.#pilot.needNeutral();
    this.#asked('land', caller);
    return this.#tell('land', await outcome);
  }

  /** Hover. Anybody may. @throws StationError `not-connected`, or why it was not sent */
  async stop(caller: Caller): Promise<ManoeuvreOutcome> {
    const { controls } = this.#open();
    const plan = {
      action: 'stop',
      look: looksStill(),
      waitMs: STOP_SHOWS_MS,
      okIsTheEnd: false,
    } as const;
    const outcome = this.#manoeuvres.express(plan, 'stop', () => {
      const departure = controls.stop();
      // Units with SDK 1.3 know no “stop”.
      this.#line.settle();
      return departure;
    });
    this.#intend('other');
    this.#pilot.needNeutral();
    this.#asked('stop', caller);
    return this.#tell('stop', await outcome);
  }

  /** A flying drone falls. Anybody may. @throws StationError `not-connected`, or why it was not sent */
  async stopMotors(caller: Caller): Promise<ManoeuvreOutcome> {
    const { controls } = this.#open();
    const plan = {
      action: 'stop-motors',
      look: looksStopped,
      waitMs: STOP_SHOWS_MS,
      okIsTheEnd: false,
    } as const;
    const outcome = this.#manoeuvres.express(plan, 'emergency', () => {
      this.#line.silence();
      return controls.emergency();
    });
    this.#intend('stop-motors');
    this.#pilot.needNeutral();
    this.#asked('stop-motors', caller);
    return this.#tell('stop-motors', await outcome);
  }

  move(caller: Caller, direction: MoveDirection, distanceCm: number): Promise<ManoeuvreOutcome> {
    return this.manoeuvre(caller, 'move', `${direction} ${distanceCm}`);
  }

  turn(caller: Caller, degrees: number): Promise<ManoeuvreOutcome> {
    const name = degrees < 0 ? 'ccw' : 'cw';
    return this.manoeuvre(caller, 'turn', `${name} ${Math.abs(degrees)}`);
  }

  async flip(caller: Caller, direction: FlipDirection): Promise<ManoeuvreOutcome> {
    const percent = this.#flying().state?.batteryPercent;
    if (percent !== undefined && percent < FLIP_PERCENT) {
      const message = `The battery has ${percent} %: flips want ${FLIP_PERCENT} %.`;
      throw new StationError('not-ready', message, { tip: 'Put in a charged battery.' });
    }
    return this.manoeuvre(caller, 'flip', `flip ${direction.charAt(0)}`);
  }

  /**
   * Sends one line that moves a flying drone, when its turn comes.
   * @throws StationError `not-flying`, `not-the-pilot`, `not-connected`, `busy`, or why it was not sent
   */
  async manoeuvre(caller: Caller, action: FlightAction, text: string): Promise<ManoeuvreOutcome> {
    const aircraft = this.#flying();
    this.#pilot.act(caller);
    this.#asked(text, caller);
    const outcome = await this.#manoeuvres.perform(
      () => {
        this.#intend('other');
        return { action, look: looksMoved(aircraft.state), waitMs: MOVE_MS, okIsTheEnd: true };
      },
      (signal) => aircraft.controls.send(text, { timeoutMs: MOVE_MS, signal }),
    );
    return this.#tell(text, outcome);
  }

  /** Sends one line that starts motors on the ground. @throws StationError as `takeOff` does */
  async startMotors(caller: Caller, text: string): Promise<FlightCommandOutcome> {
    const aircraft = this.#readyForTakeOff(caller);
    if (text === 'throwfly') this.#intend('take-off');
    return this.#plain(aircraft, caller, text);
  }

  /** Sends one line that moves nothing. @throws StationError `not-connected`, or why it was not sent */
  async plainCommand(caller: Caller, text: string): Promise<FlightCommandOutcome> {
    return this.#plain(this.#open(), caller, text);
  }

  /** @throws StationError `flying` */
  refuseWhileFlying(what: string): void {
    if (!this.couldBeFlying) return;
    throw new StationError('flying', `The drone may be in the air: ${what}.`, {
      tip: 'Land first.',
    });
  }

  /** Hover and land, as far as that can be done in a moment: before the connection to it ends. Never rejects. */
  landNow(why: string): Promise<void> {
    const aircraft = this.#aircraft;
    if (aircraft === null || !aircraft.couldBeFlying) return Promise.resolve();
    // Told once, however many ends come together.
    this.#goodbye ??= this.#sayGoodbye(aircraft, why);
    return this.#goodbye;
  }

  async #sayGoodbye(aircraft: Aircraft, why: string): Promise<void> {
    this.#note('fail-safe', `Stop and land: ${why}`);
    this.#line.silence();
    this.#manoeuvres.cancelAll('land');
    const { nowMs, limits } = this.#parts;
    const latestMs = nowMs() + limits.goodbyeMs;
    if (aircraft.phase !== 'landing') {
      await aircraft.controls.stop();
      await wait(BETWEEN_MS);
    }
    this.#intend('land');
    await aircraft.controls.land();
    while (nowMs() < latestMs && aircraft.couldBeFlying && aircraft.phase !== 'landing') {
      await wait(BETWEEN_MS);
    }
  }

  state(): FlightState {
    const aircraft = this.#aircraft;
    const nowMs = this.#parts.nowMs();
    const reasons = this.#reasons();
    const holder = this.#pilot.holder;
    return {
      available: aircraft !== null,
      phase: aircraft?.phase ?? 'unknown',
      motorsRunning: aircraft?.observer.motorsRunning ?? null,
      couldBeFlying: this.couldBeFlying,
      ready: reasons.length === 0,
      reasons,
      pilot: holder === null ? null : { id: holder.id, name: holder.name },
      warnings: [...this.#warnings.active],
      sticks: this.#line.held,
      neutralNeeded: this.#pilot.neutralNeeded,
      doing: this.#manoeuvres.doing,
      link: aircraft?.link ?? 'none',
      stateAgeMs: aircraft?.stateAgeMs ?? null,
      roundTripMs: aircraft?.controls.quality().roundTripMs ?? null,
      landsByItself: this.#landsByItself(),
      batteryMinutes: aircraft?.history.minutesLeft(aircraft.state?.batteryPercent, nowMs) ?? null,
    };
  }

  async dispose(): Promise<void> {
    await this.landNow('Hoverdeck ends');
    this.attach(null);
  }

  async #plain(aircraft: Aircraft, caller: Caller, text: string): Promise<FlightCommandOutcome> {
    this.#asked(text, caller);
    const outcome = await aircraft.controls.send(text, { timeoutMs: ANSWER_MS });
    if (outcome.outcome === 'not-sent') throw outcome.error;
    this.#note('outcome', `${text}: ${outcome.outcome}`);
    return outcome;
  }

  #receive(telemetry: Telemetry): void {
    const aircraft = this.#aircraft;
    if (aircraft === null) return;
    this.#look();
    const nowMs = this.#parts.nowMs();
    if (!this.#parts.events.heard || nowMs - this.#telemetrySaidAtMs < TELEMETRY_GAP_MS) return;
    this.#telemetrySaidAtMs = nowMs;
    this.#parts.events.emit('telemetry', report(telemetry, aircraft.stateAgeMs ?? 0));
  }

  /** Everything that time or a new report may have changed. */
  #look(): void {
    const aircraft = this.#aircraft;
    if (aircraft === null) return;
    const { phase, link } = aircraft;
    this.#manoeuvres.look(aircraft);
    if (link !== this.#link) this.#linkChanged(link);
    if (phase !== this.#phase) this.#phaseChanged(phase, aircraft);
    if (!this.#mayMove(aircraft) && this.#line.isHolding) this.#cutOff('it may not move now');
    this.#landIfUnpiloted(aircraft);
    this.#warn(aircraft);
    if (this.#parts.nowMs() - this.#saidAtMs >= SAY_MS) this.#say();
  }

  #phaseChanged(phase: FlightState['phase'], aircraft: Aircraft): void {
    this.#note('phase', `${this.#phase} → ${phase}`);
    this.#phase = phase;
    if (phase === 'grounded' || phase === 'motors-stopped') this.#failSafes.landed();
    if (phase === 'flying') aircraft.observer.forget('take-off');
    this.#say();
  }

  #linkChanged(link: FlightState['link']): void {
    this.#note('link', `${this.#link} → ${link}`);
    this.#link = link;
    if (link !== 'fresh') this.#pilot.needNeutral();
    this.#say();
  }

  #landIfUnpiloted(aircraft: Aircraft): void {
    if (!this.#failSafes.shouldLand(this.#pilotFacts(aircraft))) return;
    this.#note('fail-safe', 'Land: nobody is at the controls');
    this.#line.silence();
    this.#intend('land');
    void aircraft.controls
      .land()
      .then((departure) => this.#note('outcome', `land: ${departure.outcome}`));
  }

  #landsByItself(): FlightState['landsByItself'] {
    const aircraft = this.#aircraft;
    return aircraft === null ? null : this.#failSafes.landsByItself(this.#pilotFacts(aircraft));
  }

  #pilotFacts(aircraft: Aircraft) {
    return {
      phase: aircraft.phase,
      couldBeFlying: aircraft.couldBeFlying,
      link: aircraft.link,
      stateAgeMs: aircraft.stateAgeMs,
      pilotHeardAtMs: this.#pilot.heardAtMs,
      isBusy: this.#manoeuvres.isBusy,
    };
  }

  #warn(aircraft: Aircraft): void {
    const { state } = aircraft;
    const nowMs = this.#parts.nowMs();
    const quality = aircraft.controls.quality();
    const begun = this.#warnings.update(
      {
        batteryPercent: state?.batteryPercent,
        minutesLeft: aircraft.history.minutesLeft(state?.batteryPercent, nowMs),
        hottestC: state?.highestTemperatureC ?? state?.lowestTemperatureC,
        onGroundMs: aircraft.onGroundMs,
        link: aircraft.link,
        roundTripP95Ms: quality.roundTripMs?.p95 ?? null,
        isSlowToAnswer: quality.answers === 'slow' || quality.answers === 'silent',
        couldBeFlying: aircraft.couldBeFlying,
        hasImuError: aircraft.hasImuError,
        hasRestarted: aircraft.hasRestarted,
        landsByItself: this.#landsByItself(),
      },
      nowMs,
    );
    for (const { message } of begun) this.#note('warning', message);
    if (begun.length > 0) this.#say();
  }

  #readyForTakeOff(caller: Caller): Aircraft {
    const aircraft = this.#open();
    const [reason] = this.#reasons();
    if (reason !== undefined) {
      throw new StationError('not-ready', `Not ready: ${reason.message}`, { tip: reason.tip });
    }
    this.#pilot.act(caller);
    return aircraft;
  }

  #reasons(): FlightState['reasons'] {
    const aircraft = this.#aircraft;
    const doing = this.#manoeuvres.doing;
    return reasonsAgainst({
      isOpen: aircraft !== null,
      link: aircraft?.link ?? 'none',
      phase: aircraft?.phase ?? 'unknown',
      state: aircraft?.state ?? null,
      isTakingOff: doing?.action === 'take-off',
      hasImuError: aircraft?.hasImuError ?? false,
      offNeutral: this.#pilot.offNeutralWithin(this.#parts.limits.stickExpiryMs),
    });
  }

  /** @throws StationError `not-connected`, `unsupported` */
  #open(): Aircraft {
    if (this.#aircraft !== null) return this.#aircraft;
    throw new StationError('not-connected', 'There is no drone to fly.', {
      tip: 'Connect to a drone or the simulator.',
    });
  }

  #flying(): Aircraft {
    const aircraft = this.#open();
    if (aircraft.phase === 'flying') return aircraft;
    throw new StationError('not-flying', `The drone is not flying: it is ${aircraft.phase}.`, {
      tip: 'Take off first.',
    });
  }

  /** On the ground some stick positions start the motors; landing and without news nothing may move it. */
  #mayMove(aircraft: Aircraft): boolean {
    return aircraft.link === 'fresh' && aircraft.phase === 'flying';
  }

  #limited(sticks: Sticks): Sticks {
    const share = this.#parts.stickLimitPercent() / 100;
    return {
      right: Math.round(sticks.right * share),
      forward: Math.round(sticks.forward * share),
      up: Math.round(sticks.up * share),
      yaw: Math.round(sticks.yaw * share),
    };
  }

  #cutOff(why: string): void {
    this.#line.letGo();
    this.#pilot.needNeutral();
    this.#note('fail-safe', `Sticks to zero: ${why}`);
    this.#say();
  }

  #intend(what: Intent): void {
    this.#aircraft?.observer.commanded(what, this.#parts.nowMs());
  }

  #asked(what: string, caller: Caller): void {
    this.#note('asked', `${what}, by ${caller.name}`);
    this.#say();
  }

  #tell(what: string, outcome: ManoeuvreOutcome): ManoeuvreOutcome {
    if (outcome.outcome === 'refused' && isImuError(outcome.answer)) this.#aircraft?.imuError();
    const said =
      'answer' in outcome && outcome.answer !== undefined ? ` (“${outcome.answer}”)` : '';
    this.#note('outcome', `${what}: ${outcome.outcome}${said}`);
    this.#say();
    return outcome;
  }

  #note(kind: FlightNote['kind'], text: string): void {
    this.#parts.note({ kind, text });
  }

  #say(): void {
    const { events, nowMs } = this.#parts;
    if (!events.heard) return;
    const state = this.state();
    // Ages and countdowns alone are no news: the heartbeat carries them.
    const news = JSON.stringify({
      ...state,
      stateAgeMs: 0,
      roundTripMs: 0,
      batteryMinutes: 0,
      doing: state.doing?.action,
      landsByItself: state.landsByItself?.by,
      warnings: state.warnings.map(({ code }) => code),
    });
    const isNews = news !== this.#said;
    if (!isNews && nowMs() - this.#saidAtMs < HEARTBEAT_MS) return;
    this.#said = news;
    this.#saidAtMs = nowMs();
    events.emit('flight', state);
  }
}

function report(telemetry: Telemetry, ageMs: number): TelemetryReport {
  const { fields, missionPad, ...numbers } = telemetry.state;
  return {
    ...numbers,
    ...(missionPad === undefined ? {} : { missionPad: copyPad(missionPad) }),
    ageMs,
    fields: Object.fromEntries(fields),
  };
}

function copyPad(pad: NonNullable<Telemetry['state']['missionPad']>) {
  const { attitudeDegrees, ...place } = pad;
  if (attitudeDegrees === undefined) return place;
  const [pitch, roll, yaw] = attitudeDegrees;
  return { ...place, attitudeDegrees: [pitch, roll, yaw] as [number, number, number] };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
