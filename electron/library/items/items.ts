import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFormat } from '../../../shared/flight-log.ts';
import type { Item } from '../../../shared/library.ts';
import type { Settings } from '../../../shared/settings.ts';
import { onDisk } from '../../base/disk.ts';
import { StationError } from '../../base/failures.ts';
import type { HandlersOf } from '../../base/handlers.ts';
import type { Log } from '../../base/log.ts';
import type { StationEvents } from '../../base/station-events.ts';
import type { Thumbnails } from '../../media/thumbnails.ts';
import { diskFailure, diskFailureOf, diskHangs } from '../disk-failure.ts';
import { exportLog, exportSubtitles, filmsOf } from '../flight-log/export-log.ts';
import { FileWork, type MoveToTrash, notThere } from './file-work.ts';
import { FolderIndex } from './folder-index.ts';
import { itemOfFile, splitName } from './item-of-file.ts';
import { ThumbnailCache } from './thumbnail-cache.ts';

/** A name is looked up in milliseconds. */
const LOOK_WITHIN_MS = 4_000;
const WHAT = 'The library';

export type ItemsParts = {
  settings: () => Settings;
  folder: () => string;
  events: StationEvents;
  thumbnails: Thumbnails;
  /** Where small pictures are kept. */
  thumbnailFolder: string;
  showInFolder: (path: string) => void | Promise<void>;
  moveToTrash: MoveToTrash;
  log: Log;
};

/** A file of the library, for whoever serves it. */
type OpenItem = { path: string; size: number; type: string; fileName: string };

type ItemsRequest =
  | 'library.list'
  | 'library.rename'
  | 'library.trash'
  | 'library.restore'
  | 'library.show'
  | 'flightLog.export';

export type Items = {
  handlers: HandlersOf<ItemsRequest>;
  /** @throws StationError `not-found`, `write-failed` */
  open(id: string): Promise<OpenItem>;
  /** A small picture (JPEG). @throws StationError `not-found`, `busy` */
  thumbnail(id: string): Promise<Uint8Array>;
  dispose(): Promise<void>;
};

/** What lies in the library's folder, and what may be done to it. */
export function createItems(parts: ItemsParts): Items {
  const report = (what: string, error: unknown) => parts.log.error(what, error);
  let revision = 0;
  const tellChange = () => {
    revision++;
    parts.events.emit('library', { revision });
  };
  const index = new FolderIndex({ onChange: tellChange, report });
  const cache = new ThumbnailCache(parts.thumbnailFolder, parts.thumbnails, parts.log);
  const work = new FileWork(parts.moveToTrash);
  const { folder } = parts;

  /** The item by its id, as it is now. */
  const present = async (id: string): Promise<Item> => {
    const known = index.find(id);
    if (known === undefined) throw new StationError('not-found', 'There is no such file.');
    const path = join(folder(), known.fileName);
    try {
      const late = () => diskHangs(WHAT, folder());
      const found = await onDisk(LOOK_WITHIN_MS, late, () => lstat(path));
      // A link may lead anywhere; only what lies in the folder itself is the library's.
      const item = found.isFile() ? itemOfFile(known.fileName, found.size, found.mtimeMs) : null;
      if (item !== null) return item;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
        throw diskFailureOf(WHAT, error, folder());
      }
    }
    throw notThere(known.fileName);
  };
  const pathOf = (item: Item) => join(folder(), item.fileName);

  const exportFlight = async (log: Item, format: ExportFormat): Promise<string[]> => {
    const logPath = pathOf(log);
    const base = splitName(log.fileName)?.base ?? log.fileName;
    if (format === 'csv' || format === 'json') {
      return [await exportLog(logPath, join(folder(), base), format)];
    }
    const paths: string[] = [];
    for (const { name, startMs } of await filmsOf(logPath)) {
      if (index.named(`${name}.mp4`) === undefined && index.named(`${name}.mov`) === undefined) {
        continue;
      }
      paths.push(await exportSubtitles(logPath, join(folder(), name), startMs, format));
    }
    if (paths.length === 0) {
      throw new StationError('not-found', 'No film of this flight is in the folder.', {
        tip: 'Subtitles go beside a film that was recorded during the flight, by its name.',
      });
    }
    return paths;
  };

  return {
    handlers: {
      'library.list': async (request) => {
        const where = folder();
        const page = await index.page(where, request);
        if (!index.isThere && parts.settings().photoFolder !== null) {
          throw diskFailure(WHAT, 'ENOENT', where);
        }
        return page;
      },
      'library.rename': async ({ id, name }) => {
        const item = await present(id);
        const fileName = await work.rename(folder(), item, name);
        await index.touched(folder(), [item.fileName, fileName]);
        tellChange();
        const renamed = index.named(fileName);
        if (renamed === undefined) throw notThere(fileName);
        return renamed;
      },
      'library.trash': async ({ ids }) => {
        const items = ids.flatMap((id) => index.find(id) ?? []);
        const trashed = await work.trash(folder(), items);
        await index.touched(
          folder(),
          items.map(({ fileName }) => fileName),
        );
        tellChange();
        return trashed;
      },
      'library.restore': async ({ undo }) => {
        await work.restore(folder(), undo);
        return {};
      },
      'library.show': async ({ id }) => {
        await parts.showInFolder(pathOf(await present(id)));
        return {};
      },
      'flightLog.export': async ({ id, format }) => {
        const log = await present(id);
        if (log.kind !== 'flight') {
          throw new StationError('bad-request', `“${log.fileName}” is no flight log.`);
        }
        const paths = await exportFlight(log, format);
        return {
          files: paths.map((path) => ({ fileName: path.slice(folder().length + 1), path })),
        };
      },
    },
    open: async (id) => {
      const item = await present(id);
      const { fileName, sizeBytes, mediaType } = item;
      return { path: pathOf(item), size: sizeBytes, type: mediaType, fileName };
    },
    thumbnail: async (id) => {
      const item = await present(id);
      return await cache.get(pathOf(item), item);
    },
    dispose: async () => {
      await index.dispose();
      await parts.thumbnails.dispose();
      await cache.dispose();
    },
  };
}
