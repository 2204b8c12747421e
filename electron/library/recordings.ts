import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Kept,
  type KeptFilm,
  MAX_RECOVERED,
  type Recording,
  STOP_BELOW_BYTES,
  WARN_BELOW_BYTES,
} from '../../shared/recording.ts';
import type { Settings } from '../../shared/settings.ts';
import { STALE_AFTER_MS } from '../../shared/status.ts';
import { onDisk } from '../base/disk.ts';
import { StationError } from '../base/failures.ts';
import type { RecorderClient, RecorderListener } from '../media/recorder-client.ts';
import type { WrittenFilm } from '../media/recorder-messages.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type { SourceFacts } from '../video/source.ts';
import { diskFailure, diskFailureOf, diskHangs } from './disk-failure.ts';
import type { FreeBytes } from './disk-room.ts';
import { keepsakeName } from './file-name.ts';
import { RecordingFeed } from './recording-feed.ts';

/** Meters are read, not watched: more often would only cost. */
const TELL_EVERY_MS = 500;
/** At the pace of the fastest camera this is a fraction of what is left alone. */
const LOOK_AT_ROOM_EVERY_MS = 2_000;
/** Making a folder takes a moment; a disk that needs longer hangs. */
const FOLDER_WITHIN_MS = 8_000;
/** With a picture there is a file after a third of a second; without one nobody waits for it. */
const BEGUN_WITHIN_MS = 3_000;
/** A recorder that is not done by then when the app ends leaves a film that is finished at the next start. */
const LEAVE_AFTER_MS = 3_000;
/** So long without a picture, and nobody is filming any more. */
const NO_PICTURE_FOR_MS = 30 * 60_000;
/** A disk or an encoder that holds frames up for this long is spoken of. */
const STALL_WORTH_A_WORD_MS = 2_000;
/** A recorder that dies is replaced; one that dies again and again has a reason to. */
const MAX_RESTARTS = 3;
const WHAT = 'The recording';

export type RecordingsParts = {
  hub: FrameHub;
  openRecorder: (listener: RecorderListener) => RecorderClient;
  source: () => SourceFacts;
  settings: () => Settings;
  /** Where films go now. */
  folder: () => string;
  freeBytes: FreeBytes;
  tell: (recording: Recording) => void;
  tellKept: (kept: Kept) => void;
  /** A film began; its first picture was seen then, on the station's clock. */
  onFilm: (name: string, firstUs: number) => void;
  /** A film was left unfinished, by this name. */
  onLeftover: (folder: string, fileName: string) => void;
  report: (what: string, error: unknown) => void;
};

/** One recording under way. */
type Run = {
  folder: string;
  startedAt: Date;
  sourceKey: string;
  sourceName: string;
  recorder: RecorderClient;
  feed: RecordingFeed | null;
  fileName: string | null;
  part: number;
  /** Of films finished by recorders that are gone. */
  sizeBefore: number;
  durationBefore: number;
  sizeBytes: number;
  durationUs: number;
  films: KeptFilm[];
  why: Kept['why'];
  error: StationError | null;
  warning: StationError | null;
  finishing: boolean;
  restarts: number;
  onBegun: () => void;
  ended: Promise<Kept>;
  end: (kept: Kept) => void;
};

/** Records what is seen, one recording at a time, and says so while it does. */
export class Recordings {
  readonly #parts: RecordingsParts;
  #run: Run | null = null;
  #starting = false;
  #lastError: StationError | null = null;
  #freeBytes: number | null = null;
  #ticker: NodeJS.Timeout | null = null;
  #lookedAtRoomMs = 0;
  #recovered: KeptFilm[] = [];
  #disposed = false;

  constructor(parts: RecordingsParts) {
    this.#parts = parts;
  }

  /**
   * Begins a recording, from the cached group on.
   * @throws StationError `busy`, `not-connected`, `disk-full`, `folder-missing`, `folder-read-only`, `write-failed`
   */
  async start(): Promise<Recording> {
    if (this.#run !== null || this.#starting || this.#disposed) {
      throw new StationError('busy', 'A recording is running already.', {
        tip: 'Stop it before you start the next one.',
      });
    }
    const facts = this.#parts.source();
    if (!facts.connected) {
      throw new StationError('not-connected', 'Nothing is connected.', {
        tip: 'Choose a source and connect first.',
      });
    }
    this.#starting = true;
    this.#lastError = null;
    const run = this.#open(facts);
    try {
      await this.#prepareFolder(run.folder);
      const begun = new Promise<void>((resolve) => {
        run.onBegun = resolve;
      });
      const { keepCameraJpeg } = this.#parts.settings();
      run.recorder.begin({
        folder: run.folder,
        name: keepsakeName(run.startedAt, run.sourceName),
        keepJpeg: keepCameraJpeg,
      });
      await within(BEGUN_WITHIN_MS, Promise.race([begun, run.ended]));
    } catch (error) {
      // Or it would be taken for one that died, and replaced.
      run.finishing = true;
      run.feed?.close();
      if (this.#run === run) this.#run = null;
      await run.recorder.dispose();
      throw error;
    } finally {
      this.#starting = false;
    }
    if (run.error !== null) throw run.error;
    if (this.#run === run) this.#startTicking();
    this.#tell();
    return this.state();
  }

  /** Ends the recording; resolves when its films are at their places. Asked again, it waits for the same. */
  async stop(why: Kept['why'] = 'asked'): Promise<Kept> {
    const run = this.#run;
    if (run === null) {
      throw new StationError('not-found', 'Nothing is being recorded.', {
        tip: 'Start a recording first.',
      });
    }
    this.#finish(run, why);
    return await run.ended;
  }

  state(): Recording {
    const run = this.#run;
    const facts = {
      freeBytes: this.#freeBytes,
      error: this.#lastError?.toFailure() ?? null,
      recovered: this.#recovered,
    };
    if (run === null) return { ...IDLE, ...facts };
    const { feed, fileName, folder } = run;
    const sizeBytes = run.sizeBefore + run.sizeBytes;
    const durationMs = Math.round((run.durationBefore + run.durationUs) / 1_000);
    return {
      phase: this.#phase(run),
      fileName,
      path: fileName === null ? null : join(folder, fileName),
      sourceName: run.sourceName,
      startedAtMs: run.startedAt.getTime(),
      durationMs,
      sizeBytes,
      part: run.part,
      framesWritten: feed?.framesWritten ?? 0,
      framesDropped: feed?.framesDropped ?? 0,
      roomMs: roomMs(this.#freeBytes, sizeBytes, durationMs),
      warning: run.warning?.toFailure() ?? null,
      ...facts,
    };
  }

  /** Films of an earlier recording have been finished. */
  recovered(films: KeptFilm[]): void {
    this.#recovered = [...this.#recovered, ...films].slice(-MAX_RECOVERED);
    this.#parts.tellKept({ why: 'recovered', films, error: null });
    this.#tell();
  }

  /** The session changed: a source that was closed on purpose ends its recording. */
  sourceChanged(): void {
    const run = this.#run;
    if (run !== null && !this.#parts.source().connected) this.#finish(run, 'source-closed');
  }

  /** Ends what runs, if it can be ended soon; what cannot is finished at the next start. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const run = this.#run;
    if (run === null) return;
    this.#finish(run, 'asked');
    await within(LEAVE_AFTER_MS, run.ended);
    this.#stopTicking();
    await run.recorder.dispose();
  }

  #open(facts: SourceFacts): Run {
    let end: (kept: Kept) => void = () => undefined;
    const ended = new Promise<Kept>((resolve) => {
      end = resolve;
    });
    const run: Run = {
      folder: this.#parts.folder(),
      startedAt: new Date(),
      sourceKey: sourceKey(facts),
      sourceName: facts.name,
      recorder: this.#parts.openRecorder(this.#listener(() => run)),
      feed: null,
      fileName: null,
      part: 0,
      sizeBefore: 0,
      durationBefore: 0,
      sizeBytes: 0,
      durationUs: 0,
      films: [],
      why: 'asked',
      error: null,
      warning: null,
      finishing: false,
      restarts: 0,
      onBegun: () => undefined,
      ended,
      end,
    };
    this.#run = run;
    // At once: what is cached at this moment is what was seen just before.
    run.feed = new RecordingFeed(run.recorder, {
      hub: this.#parts.hub,
      fromCache: facts.frameAgeMs !== null && facts.frameAgeMs < STALE_AFTER_MS,
      onGeneration: () => this.#generation(run),
    });
    return run;
  }

  #listener(run: () => Run): RecorderListener {
    return {
      begun: ({ fileName, name, firstUs }) => {
        run().fileName = fileName;
        this.#parts.onFilm(name, firstUs);
        run().part++;
        run().onBegun();
        this.#tell();
      },
      settled: (written, givenUp) => run().feed?.settled(written, givenUp),
      safe: (sizeBytes, durationUs) => {
        run().sizeBytes = sizeBytes;
        run().durationUs = durationUs;
      },
      film: (film) => this.#film(run(), film),
      failed: (code, message) => this.#failed(run(), code, message),
      ended: (cleanly) => this.#ended(run(), cleanly),
    };
  }

  /** A film is at its place. */
  #film(run: Run, film: WrittenFilm): void {
    run.fileName = null;
    run.films.push({
      fileName: film.fileName,
      path: join(run.folder, film.fileName),
      sizeBytes: film.sizeBytes,
      durationMs: Math.round(film.durationUs / 1_000),
    });
  }

  #failed(run: Run, code: string, message: string): void {
    const error = diskFailure(WHAT, code, run.folder, message);
    this.#parts.report(`The recording failed (${code})`, message);
    if (code === 'recorder-gone' && !run.finishing && run.restarts < MAX_RESTARTS) {
      run.warning = error;
      return;
    }
    run.error = error;
    run.why = 'failed';
    this.#lastError = error;
    this.#tell();
  }

  #ended(run: Run, cleanly: boolean): void {
    if (!cleanly && run.fileName !== null) {
      this.#parts.onLeftover(run.folder, run.fileName);
      run.fileName = null;
    }
    const goesOn = !cleanly && run.error === null && !run.finishing && !this.#disposed;
    if (goesOn) this.#restart(run);
    else this.#over(run);
  }

  /** The recorder died: the next one goes on in the next film. */
  #restart(run: Run): void {
    run.restarts++;
    run.sizeBefore += run.sizeBytes;
    run.durationBefore += run.durationUs;
    run.sizeBytes = 0;
    run.durationUs = 0;
    run.recorder = this.#parts.openRecorder(this.#listener(() => run));
    run.recorder.begin({
      folder: run.folder,
      name: `${keepsakeName(run.startedAt, run.sourceName)} part ${run.part + 1}`,
      keepJpeg: this.#parts.settings().keepCameraJpeg,
    });
    run.feed?.moveTo(run.recorder);
    this.#tell();
  }

  #over(run: Run): void {
    run.feed?.close();
    if (this.#run === run) {
      this.#run = null;
      this.#stopTicking();
    }
    const kept: Kept = { why: run.why, films: run.films, error: run.error?.toFailure() ?? null };
    // While it starts, whoever asked is told; there is nothing kept yet.
    if (!this.#starting || kept.films.length > 0) this.#parts.tellKept(kept);
    run.end(kept);
    this.#tell();
  }

  #finish(run: Run, why: Kept['why']): void {
    if (run.finishing) return;
    run.finishing = true;
    run.why = why;
    run.feed?.close();
    run.recorder.finish();
    this.#tell();
  }

  /** A reconnect goes on in the same film; another source gets one of its own. */
  #generation(run: Run): void {
    const facts = this.#parts.source();
    const key = sourceKey(facts);
    if (key === run.sourceKey) return;
    run.sourceKey = key;
    run.sourceName = facts.name;
    run.recorder.nextFilm(`${keepsakeName(new Date(), facts.name)}`);
  }

  async #prepareFolder(folder: string): Promise<void> {
    const late = () => diskHangs(WHAT, folder);
    try {
      // Only the app's own folder is made; a chosen one that is gone is a disk that is gone.
      if (this.#parts.settings().photoFolder === null) {
        await onDisk(FOLDER_WITHIN_MS, late, () => mkdir(folder, { recursive: true }));
      }
      this.#freeBytes = await this.#parts.freeBytes(folder);
    } catch (error) {
      throw diskFailureOf(WHAT, error, folder);
    }
    if (this.#freeBytes < STOP_BELOW_BYTES) throw diskFull(this.#freeBytes);
  }

  #phase(run: Run): Recording['phase'] {
    if (run.finishing) return 'finishing';
    if (this.#starting) return 'starting';
    const isWaiting = (run.feed?.lastFrameAgeMs ?? 0) > STALE_AFTER_MS || run.fileName === null;
    return isWaiting ? 'waiting' : 'recording';
  }

  #startTicking(): void {
    this.#ticker ??= setInterval(() => this.#tick(), TELL_EVERY_MS);
  }

  #stopTicking(): void {
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#ticker = null;
  }

  #tick(): void {
    const run = this.#run;
    if (run === null) return;
    const now = performance.now();
    if (now - this.#lookedAtRoomMs > LOOK_AT_ROOM_EVERY_MS) {
      this.#lookedAtRoomMs = now;
      void this.#lookAtRoom(run);
    }
    if ((run.feed?.lastFrameAgeMs ?? 0) > NO_PICTURE_FOR_MS) this.#finish(run, 'no-picture');
    if (run.recorder.stalledMs > STALL_WORTH_A_WORD_MS) run.warning = stalled(run.folder);
    this.#tell();
  }

  async #lookAtRoom(run: Run): Promise<void> {
    try {
      this.#freeBytes = await this.#parts.freeBytes(run.folder);
    } catch (error) {
      // Said by the recorder as well, as soon as it wants to write there.
      this.#parts.report('The room on the disk could not be read', error);
      this.#freeBytes = null;
      return;
    }
    if (this.#run !== run || run.finishing) return;
    if (this.#freeBytes < STOP_BELOW_BYTES) {
      this.#lastError = diskFull(this.#freeBytes);
      run.error = this.#lastError;
      this.#finish(run, 'disk-low');
    } else if (this.#freeBytes < WARN_BELOW_BYTES) run.warning = diskLow(this.#freeBytes);
  }

  #tell(): void {
    this.#parts.tell(this.state());
  }
}

const IDLE: Recording = {
  phase: 'idle',
  fileName: null,
  path: null,
  sourceName: null,
  startedAtMs: null,
  durationMs: 0,
  sizeBytes: 0,
  part: 0,
  framesWritten: 0,
  framesDropped: 0,
  freeBytes: null,
  roomMs: null,
  warning: null,
  error: null,
  recovered: [],
};

function sourceKey({ spec, name }: SourceFacts): string {
  return JSON.stringify([spec, name]);
}

function roomMs(freeBytes: number | null, sizeBytes: number, durationMs: number): number | null {
  if (freeBytes === null || sizeBytes === 0 || durationMs === 0) return null;
  return Math.max(0, Math.round(((freeBytes - STOP_BELOW_BYTES) * durationMs) / sizeBytes));
}

/** Waits for something no longer than it is worth waiting for; it goes on all the same. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1e6)} MB`;
}

function diskFull(freeBytes: number): StationError {
  return new StationError('disk-full', `Only ${megabytes(freeBytes)} are left on the disk.`, {
    tip: 'Make room, or choose a folder on another disk in the settings.',
  });
}

function diskLow(freeBytes: number): StationError {
  return new StationError('disk-full', `${megabytes(freeBytes)} are left on the disk.`, {
    tip: `The recording ends by itself at ${megabytes(STOP_BELOW_BYTES)}; what is recorded is kept.`,
  });
}

function stalled(folder: string): StationError {
  return new StationError('write-failed', `The disk with ${folder} is too slow at the moment.`, {
    tip: 'If it stays so, pictures will be missing. Choose a folder on a faster disk.',
  });
}
