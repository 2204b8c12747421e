import type { WebcamSource } from '../../../shared/source.ts';
import { abortable } from '../../base/abortable.ts';
import { cancelled, isStationError, StationError } from '../../base/failures.ts';
import type { StartChild, StartOptions } from '../../processes/child.ts';
import type { OpenSource, OpenSourceFunction, SourceListener } from '../../video/source.ts';
import { cameraStuck, readerMissing } from './camera-failures.ts';
import type { CameraMark, OpenCommand, ReaderKind } from './channel.ts';
import { findOpencvAddon, type InstalledOpencv } from './opencv-place.ts';
import { READER_LIMITS, type ReaderLimits } from './reader-limits.ts';
import { type SupervisedReader, superviseReader } from './supervisor.ts';

type ReaderPreference = 'auto' | ReaderKind;

type OpenWebcamOptions = {
  startChild: StartChild;
  readerPreference: () => ReaderPreference;
  limits?: ReaderLimits;
  findAddon?: () => InstalledOpencv | null;
};

/** What OpenCV must find in its environment: V8 aborts over its memory reports otherwise. */
const OPENCV_ENVIRONMENT = { OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING: '1' };

/** Between two attempts of one reconnection lie 10 s at most, plus an opening; later than this it is a new Connect. */
const LOST_MEMORY_MS = 30_000;

/**
 * Opens cameras for the station, one at a time: an opening ends the one before and waits until its
 * process is gone. What it remembers between openings is what a camera that was lost is known by, so
 * that it and no other is found again, and the reader's last failure, for the status.
 */
export function openWebcam(options: OpenWebcamOptions): OpenSourceFunction<WebcamSource> {
  const desk = new CameraDesk(options);
  return (spec, listener, signal) => desk.open(spec, listener, signal);
}

type ReaderListener = Pick<SourceListener, 'frame' | 'dropped' | 'lost'>;
type Lost = { device: string | undefined; mark: CameraMark; atMs: number };

class CameraDesk {
  readonly #options: OpenWebcamOptions;
  readonly #limits: ReaderLimits;
  /** Settles when the camera before is free. Whoever opens one queues up behind it. */
  #free: Promise<void> = Promise.resolve();
  /** Ends whoever has the camera now. */
  #holder = new AbortController();
  #lost: Lost | null = null;
  #lastError: StationError | null = null;
  #lastDevice: string | undefined;

  constructor(options: OpenWebcamOptions) {
    this.#options = options;
    this.#limits = options.limits ?? READER_LIMITS;
  }

  async open(
    spec: WebcamSource,
    listener: SourceListener,
    signal: AbortSignal,
  ): Promise<OpenSource> {
    this.#holder.abort();
    const holder = new AbortController();
    this.#holder = holder;
    const either = AbortSignal.any([signal, holder.signal]);
    const before = this.#free;
    const turn = deferred();
    this.#free = before.then(() => turn.promise);
    try {
      await abortable(before, either);
      const source = await this.#openNow(spec, listener, either, turn.resolve);
      holder.signal.addEventListener('abort', () => void source.dispose(), { once: true });
      return source;
    } catch (error) {
      turn.resolve();
      throw error;
    }
  }

  async #openNow(
    spec: WebcamSource,
    listener: SourceListener,
    signal: AbortSignal,
    leave: () => void,
  ): Promise<OpenSource> {
    const lost = this.#recall(spec.device);
    let mark = lost?.mark;
    let wasLost = false;
    const guarded: ReaderListener = {
      frame: (frame) => listener.frame(frame),
      dropped: (count) => listener.dropped(count),
      lost: (error) => {
        wasLost = true;
        if (mark !== undefined) this.#lost = { device: spec.device, mark, atMs: performance.now() };
        this.#lastError = error;
        listener.lost(error);
      },
    };
    const { reader, kind } = await this.#openReader(spec, lost, guarded, signal);
    mark = reader.opened.mark;
    const { name } = reader.opened;
    // An abort between the opening and this line must not leave the camera open.
    if (signal.aborted) {
      await reader.dispose();
      throw cancelled();
    }
    this.#lost = null;
    let disposing: Promise<void> | null = null;
    return {
      name,
      reader: () => ({
        reader: kind,
        // Restarts are the session's to count.
        restarts: 0,
        damagedPictures: reader.damagedPictures(),
        lastReaderError: this.#lastError?.toFailure() ?? null,
      }),
      dispose: () => {
        if (disposing === null && !wasLost) this.#lastError = null;
        disposing ??= this.#close(reader, name).finally(leave);
        return disposing;
      },
    };
  }

  async #close(reader: SupervisedReader, name: string): Promise<void> {
    // What comes after it must know: the camera may stay in use until the driver lets go.
    if ((await reader.dispose()) === 'left') this.#lastError = cameraStuck(name);
  }

  /** The loss this opening is to mend, if it is one. */
  #recall(device: string | undefined): Lost | null {
    if (device !== this.#lastDevice) this.#lastError = null;
    this.#lastDevice = device;
    const lost = this.#lost;
    const fresh = lost !== null && performance.now() - lost.atMs < LOST_MEMORY_MS;
    if (fresh && lost.device === device) return lost;
    this.#lost = null;
    return null;
  }

  async #openReader(
    spec: WebcamSource,
    lost: Lost | null,
    listener: ReaderListener,
    signal: AbortSignal,
  ): Promise<{ reader: SupervisedReader; kind: ReaderKind }> {
    const choice = this.#choose();
    try {
      const reader = await this.#supervise(spec, lost, choice, listener, signal);
      return { reader, kind: choice.kind };
    } catch (error) {
      if (!isStationError(error)) throw error;
      const canFallBack = choice.kind === 'opencv' && this.#options.readerPreference() === 'auto';
      if (canFallBack && error.code === 'reader-missing' && !signal.aborted) {
        this.#lastError = error;
        const reader = await this.#supervise(spec, lost, { kind: 'ffmpeg' }, listener, signal);
        return { reader, kind: 'ffmpeg' };
      }
      if (error.code !== 'cancelled') this.#lastError = error;
      if (lost === null) throw error;
      this.#lost = { ...lost, atMs: performance.now() };
      throw worthRetrying(error);
    }
  }

  #choose(): ReaderChoice {
    const preference = this.#options.readerPreference();
    if (preference === 'ffmpeg') return { kind: 'ffmpeg' };
    const addon = (this.#options.findAddon ?? findOpencvAddon)();
    if (addon !== null) return { kind: 'opencv', addon };
    if (preference === 'opencv') throw readerMissing();
    return { kind: 'ffmpeg' };
  }

  #supervise(
    spec: WebcamSource,
    lost: Lost | null,
    choice: ReaderChoice,
    listener: ReaderListener,
    signal: AbortSignal,
  ): Promise<SupervisedReader> {
    const { startChild } = this.#options;
    return superviseReader({
      startChild,
      startOptions: startOptions(choice),
      command: command(spec, lost, choice),
      limits: this.#limits,
      listener,
      signal,
    });
  }
}

type ReaderChoice = { kind: 'ffmpeg' } | { kind: 'opencv'; addon: InstalledOpencv };

function startOptions(choice: ReaderChoice): StartOptions {
  if (choice.kind === 'ffmpeg') return {};
  const { nodePath } = choice.addon;
  return { env: OPENCV_ENVIRONMENT, ...(nodePath === undefined ? {} : { nodePath }) };
}

function command(spec: WebcamSource, lost: Lost | null, choice: ReaderChoice): OpenCommand {
  return {
    type: 'open',
    reader: choice.kind,
    ...(spec.device === undefined ? {} : { device: spec.device }),
    ...(lost === null ? {} : { lost: lost.mark }),
    ...(spec.mode === undefined ? {} : { mode: spec.mode }),
    ...(choice.kind === 'opencv' ? { addonPath: choice.addon.addonPath } : {}),
  };
}

/** On the way back from a loss nothing is final: the node appears before its permissions do, another program may let go. */
function worthRetrying(error: StationError): StationError {
  if (error.recoverable || error.code === 'cancelled' || error.code === 'camera-mode') return error;
  return new StationError(error.code, error.message, {
    ...(error.tip === undefined ? {} : { tip: error.tip }),
    recoverable: true,
    cause: error,
  });
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
