import type { Settings } from '../../shared/settings.ts';
import { StationError } from '../base/failures.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Log } from '../base/log.ts';
import type { StationEvents } from '../base/station-events.ts';
import type { MediaClient } from '../media/media-client.ts';
import type { RecorderClient, RecorderListener } from '../media/recorder-client.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type { SourceFacts } from '../video/source.ts';
import { freeBytes } from './disk-room.ts';
import { Leftovers } from './leftovers.ts';
import { takeLivePicture } from './live-picture.ts';
import { type KeptPicture, Photos } from './photos.ts';
import { Recordings } from './recordings.ts';
import { Snapshots } from './snapshots.ts';
import { wholePicture } from './whole-picture.ts';

export type LibraryParts = {
  hub: FrameHub;
  media: MediaClient;
  openRecorder: (listener: RecorderListener) => RecorderClient;
  events: StationEvents;
  settings: () => Settings;
  source: () => SourceFacts;
  defaultPhotoFolder: string;
  showInFolder: (path: string) => void | Promise<void>;
  log: Log;
};

/** The room of what is kept: photos and snapshots, and the answers about them. */
export type Library = {
  handlers: HandlersOf<
    | 'capture.take'
    | 'capture.list'
    | 'capture.show'
    | 'record.start'
    | 'record.stop'
    | 'record.state'
  >;
  photoFolder(): string;
  /** The newest picture as JPEG; rejects with a `StationError`. */
  snapshot(): Promise<Uint8Array>;
  thumbnail(id: string): Uint8Array | undefined;
  /** The session changed; what is recorded of it may end. */
  sourceChanged(): void;
  dispose(): Promise<void>;
  picture(id: string): Promise<KeptPicture | undefined>;
};

export function createLibrary(parts: LibraryParts): Library {
  const { hub, media, events, settings, source } = parts;
  const snapshots = new Snapshots(media);
  const photos = new Photos(
    media,
    parts.defaultPhotoFolder,
    () => events.emit('captures', photos.list()),
    parts.log,
  );
  const report = (what: string, error: unknown) => parts.log.error(what, error);
  const recordings = new Recordings({
    hub,
    openRecorder: parts.openRecorder,
    source,
    settings,
    folder: () => photos.folder(settings()),
    freeBytes,
    tell: (recording) => events.emit('recording', recording),
    tellKept: (kept) => events.emit('kept', kept),
    onLeftover: (folder, fileName) => leftovers.finish(folder, fileName),
    report,
  });
  const leftovers = new Leftovers({
    openRecorder: parts.openRecorder,
    onMended: (films) => recordings.recovered(films),
    report,
  });
  leftovers.look(photos.folder(settings()));
  return {
    handlers: {
      'capture.take': () => {
        const facts = source();
        const picture = wholePicture(takeLivePicture(hub, facts, 'photo'));
        return photos.take({ ...picture, sourceName: facts.name, settings: settings() });
      },
      'capture.list': () => photos.list(),
      'capture.show': async ({ id }) => {
        const capture = photos.find(id);
        if (capture === undefined)
          throw new StationError('not-found', 'This photo is not among the last ten.');
        await parts.showInFolder(capture.path);
        return {};
      },
      'record.start': () => recordings.start(),
      'record.stop': () => recordings.stop(),
      'record.state': () => recordings.state(),
    },
    photoFolder: () => photos.folder(settings()),
    snapshot: async () =>
      snapshots.jpeg(wholePicture(takeLivePicture(hub, source(), 'snapshot')).group),
    thumbnail: (id) => photos.thumbnail(id),
    sourceChanged: () => recordings.sourceChanged(),
    dispose: async () => {
      await recordings.dispose();
      await leftovers.dispose();
    },
    picture: (id) => photos.picture(id),
  };
}
