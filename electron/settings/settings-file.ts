import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  defaultSettings,
  type Settings,
  type SettingsPatch,
  settingsSchema,
} from '../../shared/settings.ts';
import { writeFileAtomically } from '../base/atomic-file.ts';
import type { Log } from '../base/log.ts';

/** The settings on disk. What cannot be read is replaced by defaults and said in the log, never a reason not to start. */
export class SettingsFile {
  readonly #path: string;
  readonly #log: Log;
  #settings: Settings = defaultSettings;
  /** Writes follow one another; the last one wins. */
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  async load(): Promise<void> {
    try {
      const text = await readFile(this.#path, 'utf8');
      this.#settings = settingsSchema.parse(JSON.parse(text));
    } catch (error) {
      const isFirstStart = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isFirstStart)
        this.#log.error('The settings could not be read; defaults are used', error);
    }
  }

  get(): Settings {
    return this.#settings;
  }

  change(patch: SettingsPatch): Settings {
    // Absent keys leave what is there; zod's partial types them as possibly undefined.
    this.#settings = settingsSchema.parse({ ...this.#settings, ...patch });
    const text = `${JSON.stringify(this.#settings, null, 2)}\n`;
    this.#writing = this.#writing.then(() => this.#write(text));
    return this.#settings;
  }

  /** Resolves when everything changed so far is on disk. */
  flush(): Promise<void> {
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFileAtomically(this.#path, text);
    } catch (error) {
      this.#log.error('The settings could not be saved', error);
    }
  }
}
