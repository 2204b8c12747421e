import type { Settings } from '../../shared/settings.ts';
import { StationError } from '../base/failures.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { Log } from '../base/log.ts';
import type { StationEvents } from '../base/station-events.ts';
import type { MediaClient } from '../media/media-client.ts';
import type { RecorderClient, RecorderListener } from '../media/recorder-client.ts';
import type { Thumbnails } from '../media/thumbnails.ts';
import type { DroneControls } from '../video/drone-controls.ts';
import type { FlightRecord } from '../video/flight-record.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type { SourceFacts } from '../video/source.ts';
import { freeBytes } from './disk-room.ts';
import { FlightLog } from './flight-log/flight-log.ts';
import type { MoveToTrash } from './items/file-work.ts';
import { createItems, type Items } from './items/items.ts';
import { Leftovers } from './leftovers.ts';
import { takeLivePicture } from './live-picture.ts';
import { PhotoSeries } from './photo-series.ts';
import { type KeptPicture, Photos } from './photos.ts';
import { pictureFacts } from './picture-facts.ts';
import { Recordings } from './recordings.ts';
import { Snapshots } from './snapshots.ts';
import { TelemetryTap } from './telemetry-tap.ts';
import { wholePicture } from './whole-picture.ts';

export type LibraryParts = {
  hub: FrameHub;
  media: MediaClient;
  openRecorder: (listener: RecorderListener) => RecorderClient;
  events: StationEvents;
  settings: () => Settings;
  source: () => SourceFacts;
  /** The drone that is open now, if one is. */
  controls: () => DroneControls | null;
  appVersion: string;
  thumbnails: Thumbnails;
  thumbnailFolder: string;
  defaultPhotoFolder: string;
  showInFolder: (path: string) => void | Promise<void>;
  moveToTrash: MoveToTrash;
  log: Log;
};

type LibraryRequest =
  | 'capture.take'
  | 'capture.list'
  | 'capture.show'
  | 'capture.series'
  | 'capture.cancel'
  | 'record.start'
  | 'record.stop'
  | 'record.state'
  | 'flightLog.state';

/** The room of what is kept: photos, films, flight logs and snapshots, and the answers about them. */
export type Library = {
  handlers: HandlersOf<LibraryRequest> & Items['handlers'];
  openItem: Items['open'];
  itemThumbnail: Items['thumbnail'];
  photoFolder(): string;
  /** The newest picture as JPEG; rejects with a `StationError`. */
  snapshot(): Promise<Uint8Array>;
  thumbnail(id: string): Uint8Array | undefined;
  /** Where whoever flies tells what happens. */
  flightRecord: FlightRecord;
  /** The session changed; what is recorded of it may end. */
  sourceChanged(): void;
  dispose(): Promise<void>;
  picture(id: string): Promise<KeptPicture | undefined>;
};

export function createLibrary(parts: LibraryParts): Library {
  const { hub, media, events, settings, source } = parts;
  const report = (what: string, error: unknown) => parts.log.error(what, error);
  const software = `Hoverdeck ${parts.appVersion}`;
  const snapshots = new Snapshots(media);
  const photos = new Photos(
    media,
    parts.defaultPhotoFolder,
    () => events.emit('captures', photos.list()),
    parts.log,
  );
  const folder = () => photos.folder(settings());

  const flightLog = new FlightLog({
    folder,
    makesFolder: () => settings().photoFolder === null,
    enabled: () => settings().flightLog,
    sourceName: () => source().name,
    appVersion: parts.appVersion,
    tell: (state) => events.emit('flightLog', state),
    report,
  });
  const telemetry = new TelemetryTap((newest) => flightLog.telemetry(newest));

  const takePhoto = async () => {
    const facts = source();
    const picture = wholePicture(takeLivePicture(hub, facts, 'photo'));
    const capture = await photos.take({
      ...picture,
      facts: pictureFacts({
        source: facts,
        capturedAtUs: picture.group.at(-1)?.capturedAtUs ?? 0,
        damaged: picture.damaged,
        state: telemetry.fresh()?.state ?? null,
        flightId: flightLog.flightId,
        software,
      }),
      settings: settings(),
    });
    flightLog.photo(capture.fileName);
    return capture;
  };
  const series = new PhotoSeries({
    take: takePhoto,
    tell: (state) => events.emit('series', state),
    report,
  });

  const recordings = new Recordings({
    hub,
    openRecorder: parts.openRecorder,
    source,
    settings,
    folder,
    freeBytes,
    tell: (recording) => events.emit('recording', recording),
    tellKept: (kept) => {
      if (kept.why !== 'recovered') flightLog.filmEnded();
      events.emit('kept', kept);
    },
    onFilm: (name, firstUs) => flightLog.film(name, firstUs),
    onLeftover: (where, fileName) => leftovers.finish(where, fileName),
    report,
  });
  const leftovers = new Leftovers({
    openRecorder: parts.openRecorder,
    onMended: (films) => recordings.recovered(films),
    report,
  });
  leftovers.look(folder());

  const items = createItems({
    settings,
    folder,
    events,
    thumbnails: parts.thumbnails,
    thumbnailFolder: parts.thumbnailFolder,
    showInFolder: parts.showInFolder,
    moveToTrash: parts.moveToTrash,
    log: parts.log,
  });

  return {
    openItem: items.open,
    itemThumbnail: items.thumbnail,
    handlers: {
      ...items.handlers,
      'capture.take': takePhoto,
      'capture.list': () => photos.list(),
      'capture.show': async ({ id }) => {
        const capture = photos.find(id);
        if (capture === undefined)
          throw new StationError('not-found', 'This photo is not among the last ten.');
        await parts.showInFolder(capture.path);
        return {};
      },
      'capture.series': (spec) => series.start(spec),
      'capture.cancel': () => series.cancel(),
      'record.start': () => recordings.start(),
      'record.stop': () => recordings.stop(),
      'record.state': () => recordings.state(),
      'flightLog.state': () => flightLog.state(),
    },
    photoFolder: folder,
    snapshot: async () =>
      snapshots.jpeg(wholePicture(takeLivePicture(hub, source(), 'snapshot')).group),
    thumbnail: (id) => photos.thumbnail(id),
    flightRecord: flightLog,
    sourceChanged: () => {
      recordings.sourceChanged();
      const controls = parts.controls();
      telemetry.follow(controls);
      flightLog.follow(controls, source().connected);
    },
    dispose: async () => {
      telemetry.dispose();
      await Promise.all([series.dispose(), recordings.dispose(), flightLog.dispose()]);
      await Promise.all([leftovers.dispose(), items.dispose()]);
    },
    picture: (id) => photos.picture(id),
  };
}
