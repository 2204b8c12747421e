import type { AppUpdater, UpdateInfo } from 'electron-updater';
import { failure, type Result, success } from '../../../shared/result.ts';
import type { Log } from '../../base/log.ts';
import { type UpdateState, updateProblem } from './update-state.ts';

export type UpdateRunnerOptions = {
  updater: AppUpdater;
  /** Starts the installation and ends the app; throws or reports through the updater when it cannot. */
  install(): void;
  /** Whether a source is open: then nothing may end the app. */
  isBusy(): boolean;
  now(): number;
  log: Log;
};

/** Updates as the rest of the app sees them. */
export type Updates = {
  state(): UpdateState;
  /** Calls back with every new state. Returns the unsubscription. */
  onChange(callback: (state: UpdateState) => void): () => void;
  /** Looks for a newer version and fetches it. Resolves when that is done, well or badly; never rejects. */
  check(): Promise<void>;
  /**
   * Installs the fetched update and restarts. The only way an update is ever installed. Fails with
   * `busy` while a source is open, and with `not-found` when nothing is fetched.
   */
  install(): Result<null>;
  dispose(): void;
};

/** Drives one electron-updater, and turns its events into one state. */
export class UpdateRunner implements Updates {
  readonly #options: UpdateRunnerOptions;
  readonly #listeners = new Set<(state: UpdateState) => void>();
  readonly #undo: (() => void)[] = [];
  #state: UpdateState = { phase: 'idle', checkedAtMs: null };
  #running: Promise<void> | null = null;
  #disposed = false;

  constructor(options: UpdateRunnerOptions) {
    this.#options = options;
    const { updater, log } = options;
    // Fetching is started below, installing by the user alone; older versions are never an update.
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = false;
    updater.allowDowngrade = false;
    updater.logger = {
      info: (message?: unknown) => log.info(`Updates: ${String(message)}`),
      warn: (message?: unknown) => log.info(`Updates: ${String(message)}`),
      error: (message?: unknown) => log.info(`Updates: ${String(message)}`),
    };
    const onProgress = ({ percent }: { percent: number }) => {
      if (this.#state.phase === 'downloading') this.#set({ ...this.#state, percent });
    };
    const onError = (error: Error) => {
      // Outside of an installation, the promise of what was asked for says the same.
      if (this.#state.phase === 'installing') this.#fail(error);
    };
    updater.on('download-progress', onProgress);
    updater.on('error', onError);
    this.#undo.push(
      () => void updater.off('download-progress', onProgress),
      () => void updater.off('error', onError),
    );
  }

  state(): UpdateState {
    return this.#state;
  }

  onChange(callback: (state: UpdateState) => void): () => void {
    this.#listeners.add(callback);
    return () => void this.#listeners.delete(callback);
  }

  check(): Promise<void> {
    const { phase } = this.#state;
    if (this.#disposed || phase === 'ready' || phase === 'installing') return Promise.resolve();
    this.#running ??= this.#checkAndFetch()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  install(): Result<null> {
    if (this.#state.phase !== 'ready') {
      return failure({ code: 'not-found', message: 'There is no update to install.' });
    }
    if (this.#options.isBusy()) {
      return failure({
        code: 'busy',
        message: 'An update is not installed while a source is open.',
        tip: 'Disconnect first, then install.',
      });
    }
    this.#set({ phase: 'installing', version: this.#state.version });
    try {
      this.#options.install();
    } catch (error) {
      this.#fail(error);
    }
    return success(null);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const undo of this.#undo) undo();
    // It emits `error` from work already begun, and an unheard `error` would end the app.
    this.#options.updater.on('error', () => undefined);
    this.#listeners.clear();
  }

  async #checkAndFetch(): Promise<void> {
    this.#set({ phase: 'checking' });
    const found = await this.#options.updater.checkForUpdates();
    if (found === null || !found.isUpdateAvailable) {
      this.#set({ phase: 'idle', checkedAtMs: this.#options.now() });
      return;
    }
    await this.#fetch(found.updateInfo);
  }

  async #fetch({ version }: UpdateInfo): Promise<void> {
    this.#set({ phase: 'downloading', version, percent: 0 });
    await this.#options.updater.downloadUpdate();
    this.#set({ phase: 'ready', version });
  }

  #fail(error: unknown): void {
    this.#options.log.error('The update failed', error);
    this.#set({
      phase: 'failed',
      problem: updateProblem(error),
      atMs: this.#options.now(),
    });
  }

  #set(state: UpdateState): void {
    if (this.#disposed) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Updates of an installation that has none: one state, forever. */
export function noUpdates(state: Extract<UpdateState, { phase: 'off' }>): Updates {
  return {
    state: () => state,
    onChange: () => () => undefined,
    check: () => Promise.resolve(),
    install: () =>
      failure({ code: 'unsupported', message: 'This installation does not update itself.' }),
    dispose: () => undefined,
  };
}
