import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  FLIGHT_LOG_ENDING,
  FLIGHT_LOG_VERSION,
  type FlightLine,
  type FlightLogState,
} from '../../../shared/flight-log.ts';
import { nowUs } from '../../base/clock.ts';
import { onDisk } from '../../base/disk.ts';
import type { StationError } from '../../base/failures.ts';
import { localIso, zoneMinutesAt, zoneWords } from '../../media/metadata/local-time.ts';
import type {
  CommandOutcome,
  Departure,
  DroneControls,
  DroneState,
  Telemetry,
} from '../../video/drone-controls.ts';
import type { FlightEvent, FlightRecord } from '../../video/flight-record.ts';
import { diskHangs } from '../disk-failure.ts';
import { keepsakeName } from '../file-name.ts';
import { FlightPhase } from './flight-phase.ts';
import { LogFile } from './log-file.ts';

/** What happened just before is often why. */
const BEFORE_MS = 5_000;
/** Five seconds of everything, busy ones. */
const MAX_LINES_BEFORE = 250;
/** A drone that lands says so for a while; then its flight is over. */
const AFTER_MS = 3_000;
/** A drone that says nothing for this long will not go on with this flight. */
const SILENT_FOR_MS = 10 * 60_000;
const LOOK_EVERY_MS = 1_000;
/** Making a folder takes a moment; a disk that needs longer hangs. */
const FOLDER_WITHIN_MS = 8_000;
/** Commands that start the motors: what becomes of them belongs to the flight. */
const STARTS_A_FLIGHT: ReadonlySet<string> = new Set(['takeoff', 'motoron', 'throwfly']);

export type FlightLogParts = {
  folder: () => string;
  /** Whether the folder is the app's own, which it makes by itself. */
  makesFolder: () => boolean;
  enabled: () => boolean;
  /** What the drone is called. */
  sourceName: () => string;
  appVersion: string;
  tell: (state: FlightLogState) => void;
  report: (what: string, error: unknown) => void;
};

/** A line, without its time. */
type Said = FlightLine extends infer L ? (L extends FlightLine ? Omit<L, 't'> : never) : never;

type Flight = {
  id: string;
  fileName: string;
  startedAtMs: number;
  startedUs: number;
  /** A file, as soon as its folder is there. */
  file: Promise<LogFile | null>;
  linesLost: number;
  error: StationError | null;
};

/** Writes down every flight, from a few seconds before the motors turn until they stand still. */
export class FlightLog implements FlightRecord {
  readonly #parts: FlightLogParts;
  readonly #look: NodeJS.Timeout;
  #phase = new FlightPhase();
  #flight: Flight | null = null;
  /** The seconds before a flight. */
  #before: { atUs: number; line: Said }[] = [];
  /** The film that is being recorded. */
  #film: { name: string; atUs: number } | null = null;
  #controls: DroneControls | null = null;
  #flewAtUs = Number.NEGATIVE_INFINITY;
  #heardAtUs = Number.NEGATIVE_INFINITY;
  #ending = new Set<Promise<void>>();

  constructor(parts: FlightLogParts) {
    this.#parts = parts;
    this.#look = setInterval(() => this.#everySecond(), LOOK_EVERY_MS);
  }

  /** The flight that is logged now. */
  get flightId(): string | null {
    return this.#flight?.id ?? null;
  }

  state(): FlightLogState {
    const flight = this.#flight;
    return {
      flightId: flight?.id ?? null,
      fileName: flight?.fileName ?? null,
      startedAtMs: flight?.startedAtMs ?? null,
      linesLost: flight?.linesLost ?? 0,
      error: flight?.error?.toFailure() ?? null,
    };
  }

  /** Another drone is open, or none: a flight of the former one is over if it was closed on purpose. */
  follow(controls: DroneControls | null, isConnected: boolean): void {
    if (controls !== null && controls !== this.#controls) this.#phase = new FlightPhase();
    this.#controls = controls;
    if (!isConnected) this.#end('disconnected');
  }

  telemetry({ state, atUs }: Telemetry): void {
    this.#heardAtUs = atUs;
    if (this.#phase.update(state, atUs / 1_000)) {
      this.#flewAtUs = atUs;
      this.#begin();
    }
    this.#say(stateLine(state), atUs);
    if (atUs - this.#flewAtUs > AFTER_MS * 1_000) this.#end('landed');
  }

  note(event: FlightEvent): void {
    if (event.kind === 'command') {
      if (STARTS_A_FLIGHT.has(event.command.trim())) {
        this.#flewAtUs = nowUs();
        this.#begin();
      }
      this.#say({ type: 'command', command: event.command, ...outcomeOf(event.outcome) });
    } else if (event.kind === 'sticks') {
      const { right, forward, up, yaw } = event.sticks;
      this.#say({ type: 'sticks', right, forward, up, yaw });
    } else if (event.kind === 'failsafe') {
      this.#say({ type: 'failsafe', name: event.name, words: event.words });
    } else {
      this.#say({ type: 'note', words: event.words });
    }
  }

  photo(fileName: string): void {
    this.#say({ type: 'photo', fileName });
  }

  /** A film's first picture was seen then. */
  film(name: string, atUs: number): void {
    this.#film = { name, atUs };
    if (this.#flight !== null) this.#write(this.#flight, { type: 'film', name }, atUs);
  }

  /** No film is being recorded any more. */
  filmEnded(): void {
    this.#film = null;
  }

  async dispose(): Promise<void> {
    clearInterval(this.#look);
    this.#end('closed');
    await Promise.all(this.#ending);
  }

  #everySecond(): void {
    const quality = this.#controls?.quality();
    if (quality !== undefined) {
      this.#say({
        type: 'link',
        answers: quality.answers,
        roundTripMs: quality.roundTripMs?.p50 ?? null,
        stateAgeMs: quality.stateAgeMs === null ? null : Math.round(quality.stateAgeMs),
        videoDatagrams: quality.video.datagrams,
        videoUnits: { ...quality.video.units },
      });
    }
    if (nowUs() - this.#heardAtUs > SILENT_FOR_MS * 1_000) this.#end('silent');
  }

  #begin(): void {
    if (this.#flight !== null || !this.#parts.enabled()) return;
    const startedAt = new Date();
    const name = keepsakeName(startedAt, this.#parts.sourceName());
    const flight: Flight = {
      id: name,
      fileName: `${name}${FLIGHT_LOG_ENDING}`,
      startedAtMs: startedAt.getTime(),
      startedUs: nowUs(),
      file: Promise.resolve(null),
      linesLost: 0,
      error: null,
    };
    this.#flight = flight;
    flight.file = this.#open(flight);
    // It may have begun long before the motors.
    if (this.#film !== null) {
      this.#write(flight, { type: 'film', name: this.#film.name }, this.#film.atUs);
    }
    for (const { atUs, line } of this.#before) this.#write(flight, line, atUs);
    this.#before = [];
    this.#parts.tell(this.state());
  }

  async #open(flight: Flight): Promise<LogFile | null> {
    const folder = this.#parts.folder();
    const { appVersion } = this.#parts;
    const zone = zoneMinutesAt(flight.startedAtMs);
    const head: FlightLine = {
      t: 0,
      type: 'begin',
      version: FLIGHT_LOG_VERSION,
      flight: flight.id,
      startedAt: `${localIso(flight.startedAtMs, zone)}${zoneWords(zone)}`,
      app: appVersion,
      drone: { name: this.#parts.sourceName(), ...this.#controls?.identity() },
    };
    try {
      if (this.#parts.makesFolder()) {
        const late = () => diskHangs('The flight log', folder);
        await onDisk(FOLDER_WITHIN_MS, late, () => mkdir(folder, { recursive: true }));
      }
    } catch (error) {
      // The file says so as well, with every line it cannot write.
      this.#parts.report('The folder of the flight log could not be made', error);
    }
    return new LogFile({
      path: join(folder, flight.fileName),
      headLine: JSON.stringify(head),
      lostLine: (lines) => JSON.stringify(this.#timed(flight, { type: 'lost', lines }, nowUs())),
      onTrouble: (error, linesLost) => {
        const isNews = (error === null) !== (flight.error === null);
        flight.error = error;
        flight.linesLost = linesLost;
        if (!isNews) return;
        if (error !== null) this.#parts.report('The flight log loses lines', error);
        if (this.#flight === flight) this.#parts.tell(this.state());
      },
    });
  }

  #end(why: string): void {
    const flight = this.#flight;
    if (flight === null) return;
    this.#write(flight, { type: 'end', why }, nowUs());
    this.#flight = null;
    const ended = flight.file
      .then((file) => file?.end())
      .catch((error: unknown) => this.#parts.report('A flight log could not be ended', error))
      .finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
    this.#parts.tell(this.state());
  }

  #say(line: Said, atUs = nowUs()): void {
    if (this.#flight !== null) {
      this.#write(this.#flight, line, atUs);
      return;
    }
    this.#before.push({ atUs, line });
    const oldestUs = atUs - BEFORE_MS * 1_000;
    while (
      this.#before.length > MAX_LINES_BEFORE ||
      (this.#before[0] !== undefined && this.#before[0].atUs < oldestUs)
    ) {
      this.#before.shift();
    }
  }

  #write(flight: Flight, line: Said, atUs: number): void {
    const text = JSON.stringify(this.#timed(flight, line, atUs));
    // In order: what is added to a promise is called in the order it was added.
    void flight.file.then((file) => file?.add(text));
  }

  #timed(flight: Flight, line: Said, atUs: number): { t: number } & Said {
    return { t: Math.round((atUs - flight.startedUs) / 1_000), ...line };
  }
}

function stateLine(state: DroneState): Said {
  const { fields, missionPad, ...figures } = state;
  const pad = missionPad && {
    id: missionPad.id,
    xCm: missionPad.xCm,
    yCm: missionPad.yCm,
    zCm: missionPad.zCm,
  };
  return { type: 'state', ...figures, ...(pad === undefined ? {} : { pad }) };
}

function outcomeOf(outcome: CommandOutcome | Departure): {
  outcome: string;
  answer?: string;
  roundTripMs?: number;
} {
  switch (outcome.outcome) {
    case 'ok':
      return { outcome: 'ok', roundTripMs: outcome.roundTripMs };
    case 'refused':
      return { outcome: 'refused', answer: outcome.answer, roundTripMs: outcome.roundTripMs };
    case 'value':
      return { outcome: 'value', answer: outcome.value, roundTripMs: outcome.roundTripMs };
    case 'unclear':
      return { outcome: 'unclear', answer: outcome.answer };
    case 'cancelled':
      return { outcome: 'cancelled', answer: outcome.by };
    case 'not-sent':
      return { outcome: 'not-sent', answer: outcome.error.message };
    case 'no-answer':
    case 'sent':
      return { outcome: outcome.outcome };
  }
}
