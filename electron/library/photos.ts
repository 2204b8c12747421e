import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Capture, type PhotoFormat, RECENT_CAPTURES } from '../../shared/captures.ts';
import type { Settings } from '../../shared/settings.ts';
import { trueView } from '../../shared/view.ts';
import { writeFileAtomically } from '../base/atomic-file.ts';
import { onDisk } from '../base/disk.ts';
import { isStationError, StationError } from '../base/failures.ts';
import type { Log } from '../base/log.ts';
import type { MediaClient } from '../media/media-client.ts';
import type { PictureFacts } from '../media/metadata/picture-facts.ts';
import { diskHangs, writeFailure } from './photo-errors.ts';
import { photoFileName } from './photo-name.ts';
import type { KeepablePicture } from './whole-picture.ts';

/** Wide enough for the strip on a high-density screen. */
const THUMBNAIL_WIDTH = 320;
/** A photo takes a tenth of a second; a second caller is told to come back after one. */
const BUSY_RETRY_MS = 1_000;

/** Half a megabyte takes a memory card a fraction of this; a disk that needs longer hangs. */
const WRITE_WITHIN_MS = 8_000;
/** And so it does when it is read again. */
const READ_WITHIN_MS = 8_000;

/** What a photo is made of, gathered at the moment the button was pressed. */
export type PhotoMoment = KeepablePicture & { facts: PictureFacts; settings: Settings };

/** A photo as it was kept. */
export type KeptPicture = { bytes: Uint8Array; format: PhotoFormat };

/** Takes photos, one at a time, and keeps the last ten at hand. */
export class Photos {
  readonly #media: MediaClient;
  readonly #defaultFolder: string;
  readonly #onChange: () => void;
  readonly #log: Log;
  readonly #recent: { capture: Capture; thumbnail: Uint8Array }[] = [];
  #inFlight = false;

  constructor(media: MediaClient, defaultFolder: string, onChange: () => void, log: Log) {
    this.#media = media;
    this.#defaultFolder = defaultFolder;
    this.#onChange = onChange;
    this.#log = log;
  }

  /** @throws StationError `busy`, `decode-failed`, `disk-full`, `folder-missing`, `folder-read-only`, `write-failed` */
  async take(moment: PhotoMoment): Promise<Capture> {
    if (this.#inFlight) {
      throw new StationError('busy', 'A photo is being taken right now.', {
        tip: 'It is tried again by itself.',
        retryAfterMs: BUSY_RETRY_MS,
      });
    }
    this.#inFlight = true;
    try {
      return await this.#take(moment);
    } finally {
      this.#inFlight = false;
    }
  }

  /** Newest first. */
  list(): Capture[] {
    return this.#recent.map((entry) => entry.capture);
  }

  find(id: string): Capture | undefined {
    return this.#recent.find((entry) => entry.capture.id === id)?.capture;
  }

  thumbnail(id: string): Uint8Array | undefined {
    return this.#recent.find((entry) => entry.capture.id === id)?.thumbnail;
  }

  /**
   * A recent photo as it lies on the disk; undefined for an unknown id.
   * @throws StationError `not-found` where it was moved or deleted, `write-failed` where the disk hangs
   */
  async picture(id: string): Promise<KeptPicture | undefined> {
    const capture = this.find(id);
    if (capture === undefined) return undefined;
    const { path, format } = capture;
    try {
      const read = () => readFile(path);
      return { bytes: await onDisk(READ_WITHIN_MS, () => diskHangs(path), read), format };
    } catch (error) {
      if (isStationError(error)) throw error;
      throw new StationError('not-found', `${capture.fileName} is not in its folder any more.`, {
        cause: error,
      });
    }
  }

  folder(settings: Settings): string {
    return settings.photoFolder ?? this.#defaultFolder;
  }

  async #take({ group, damaged, facts, settings }: PhotoMoment): Promise<Capture> {
    const frame = group.at(-1);
    if (frame === undefined) throw new StationError('no-picture', 'There is no picture yet.');
    const takenAtMs = Date.now();
    const sourceName = facts.model;
    const folder = this.folder(settings);
    const format = settings.photoFormat;
    const view = settings.photoAsViewed
      ? { mirror: settings.mirror, rotateDegrees: settings.rotateDegrees }
      : trueView;
    const picture = await this.#media.picture({
      codec: frame.format.codec,
      units: group.map((unit) => unit.data),
      format,
      thumbnailWidth: THUMBNAIL_WIDTH,
      view,
      facts,
    });
    if (picture.factsMissing !== undefined) {
      this.#log.error('A photo does not say when and with what it was taken', picture.factsMissing);
    }
    const fileName = photoFileName(new Date(takenAtMs), sourceName, frame.seq, format);
    const path = join(folder, fileName);
    try {
      await onDisk(
        WRITE_WITHIN_MS,
        () => diskHangs(folder),
        async () => {
          // Only the app's own folder is made; a chosen one that is gone is a disk that is gone.
          if (settings.photoFolder === null) await mkdir(folder, { recursive: true });
          await writeFileAtomically(path, picture.image, this.#log);
        },
      );
    } catch (error) {
      throw writeFailure(error, folder);
    }
    const capture: Capture = {
      id: randomUUID(),
      fileName,
      path,
      sourceName,
      takenAtMs,
      width: picture.width,
      height: picture.height,
      sizeBytes: picture.image.byteLength,
      format,
      damaged,
    };
    this.#recent.unshift({ capture, thumbnail: picture.thumbnail });
    this.#recent.length = Math.min(this.#recent.length, RECENT_CAPTURES);
    this.#onChange();
    return capture;
  }
}
