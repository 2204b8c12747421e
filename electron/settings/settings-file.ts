import { copyFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  defaultSettings,
  type Settings,
  type SettingsPatch,
  settingsSchema,
} from '../../shared/settings.ts';
import { writeFileAtomically } from '../base/atomic-file.ts';
import { onDisk } from '../base/disk.ts';
import { StationError } from '../base/failures.ts';
import type { Log } from '../base/log.ts';
import { readRegularFile } from '../base/regular-file.ts';
import { type ReadSettings, readSettings } from './read-settings.ts';

/** A hundred times what all settings take. */
const MAX_FILE_BYTES = 256 * 1024;
const READ_WITHIN_MS = 3_000;
/** Writing a kilobyte takes milliseconds; a disk that needs this long hangs, and nobody waits for it. */
const WRITE_WITHIN_MS = 3_000;
/** Where a file goes that could not be read whole, before it is written anew. */
const UNREAD_SUFFIX = '.unread';

/**
 * The settings on disk. What cannot be read is never a reason not to start, and never lost: each key
 * that makes sense is used, and the file as it was is kept beside the new one.
 */
export class SettingsFile {
  readonly #path: string;
  readonly #log: Log;
  #settings: Settings = defaultSettings;
  #unknown: Readonly<Record<string, unknown>> = {};
  #tell: (settings: Settings) => void = () => undefined;
  /** Writes follow one another; the last one wins. */
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  async load(): Promise<void> {
    let text: string;
    try {
      const bytes = await readRegularFile(this.#path, {
        maxBytes: MAX_FILE_BYTES,
        deadlineMs: READ_WITHIN_MS,
      });
      text = bytes.toString('utf8');
    } catch (error) {
      const isFirstStart = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isFirstStart)
        this.#log.info(`The settings could not be read (${words(error)}); defaults are used.`);
      return;
    }
    const found = readSettings(text);
    if (found !== null) {
      this.#settings = found.settings;
      this.#unknown = found.unknown;
      if (found.refused.length === 0 && !found.isDamaged) return;
    }
    this.#log.info(`${whatIsWrong(found)} ${await this.#keepUnread()}`);
  }

  get(): Settings {
    return this.#settings;
  }

  /** Called with the settings after every change. */
  onChange(callback: (settings: Settings) => void): void {
    this.#tell = callback;
  }

  /** Changes the settings at once; whether they could be written is known when `saved` settles. */
  change(patch: SettingsPatch): Settings {
    // Absent keys leave what is there; zod's partial types them as possibly undefined.
    this.#settings = settingsSchema.parse({ ...this.#settings, ...patch });
    const text = `${JSON.stringify({ ...this.#unknown, ...this.#settings }, null, 2)}\n`;
    const former = this.#writing;
    this.#writing = former.catch(() => undefined).then(() => this.#write(text));
    // Whoever wants to know waits for `saved`; the failure is in the log in any case.
    this.#writing.catch(() => undefined);
    this.#tell(this.#settings);
    return this.#settings;
  }

  /**
   * Resolves when everything changed so far is on disk.
   * @throws StationError `write-failed`: the settings are in force until the app ends, and no longer
   */
  saved(): Promise<void> {
    return this.#writing;
  }

  /** The same, for the way out: nobody is left who could do anything about a failure. */
  async flush(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  async #keepUnread(): Promise<string> {
    const beside = `${this.#path}${UNREAD_SUFFIX}`;
    try {
      await copyFile(this.#path, beside);
      return `The file as it was is kept as ${beside}.`;
    } catch (error) {
      return `It could not be kept beside the new one (${words(error)}).`;
    }
  }

  async #write(text: string): Promise<void> {
    const late = () => new Error(`the disk did not answer within ${WRITE_WITHIN_MS / 1_000} s`);
    try {
      await onDisk(WRITE_WITHIN_MS, late, () => this.#writeNow(text));
    } catch (error) {
      this.#log.info(`The settings could not be saved: ${words(error)}.`);
      throw new StationError('write-failed', `The settings could not be saved to ${this.#path}.`, {
        tip: `They hold until Hoverdeck is closed. The system says: ${words(error)}.`,
        cause: error,
      });
    }
  }

  async #writeNow(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFileAtomically(this.#path, text, this.#log);
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function whatIsWrong(found: ReadSettings | null): string {
  if (found === null) return 'The settings file makes no sense; defaults are used.';
  const { isDamaged, refused } = found;
  const damaged = isDamaged
    ? 'The settings file is damaged; what could be made out of it is used.'
    : '';
  const odd =
    refused.length > 0
      ? `These settings make no sense and have their defaults: ${refused.join(', ')}.`
      : '';
  return `${damaged} ${odd}`.trim();
}
