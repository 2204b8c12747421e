import type { Camera } from '../../shared/cameras.ts';
import { type EventName, type EventPayload, STATUS_PERIOD_MS } from '../../shared/events.ts';
import type { Host } from '../../shared/host.ts';
import { STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { StationError } from '../base/failures.ts';
import type { Log } from '../base/log.ts';
import { Photos } from '../library/photos.ts';
import { Snapshots } from '../library/snapshots.ts';
import { MediaClient } from '../media/media-client.ts';
import type { StartChild } from '../processes/child.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import { SourceSession } from '../sources/session.ts';
import { FrameCache } from '../video/frame-cache.ts';
import type { OpenSourceFunction } from '../video/source.ts';
import { Viewers } from '../video/viewers.ts';
import { answer, type Handlers } from './answer.ts';
import type { Station } from './station.ts';

export type StationParts = {
  host: Omit<Host, 'photoFolder'>;
  open: OpenSourceFunction;
  listCameras: () => Promise<Camera[]>;
  /** Calls back when a camera came or went; returns the end of watching. */
  watchCameras: (onChange: () => void) => () => void;
  settings: SettingsFile;
  defaultPhotoFolder: string;
  startChild: StartChild;
  showInFolder: (path: string) => void | Promise<void>;
  log: Log;
};

type Listener = Parameters<Station['onEvent']>[0];

/** Puts the heart together: one session, one cache, its viewers, photos, and the answers to all requests. */
export function createStation(parts: StationParts): Station {
  const { settings, log } = parts;
  const report = (what: string, error: unknown) => log.error(what, error);
  const listeners = new Set<Listener>();
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>) => {
    for (const listener of listeners) listener(name, payload);
  };

  const cache = new FrameCache();
  const viewers = new Viewers(cache);
  const media = new MediaClient(parts.startChild, report);
  const snapshots = new Snapshots(media);
  const photos = new Photos(media, parts.defaultPhotoFolder, () => emit('captures', photos.list()));
  const session = new SourceSession({
    open: parts.open,
    cache,
    viewers,
    onChange: () => sayStatus(),
    report,
  });

  const status = (): Status => ({ ...session.status(), viewers: viewers.status() });
  const sayStatus = () => {
    if (session.isLive) media.warmUp();
    emit('status', status());
  };
  const heartbeat = setInterval(() => {
    if (listeners.size > 0) emit('status', status());
  }, STATUS_PERIOD_MS);

  const stopWatching = parts.watchCameras(() => {
    if (listeners.size === 0) return;
    parts.listCameras().then(
      (cameras) => emit('cameras', cameras),
      (error: unknown) => report('The cameras could not be listed', error),
    );
  });

  /** The cached group, if it is a live picture. */
  const livePicture = () => {
    const group = cache.group();
    const age = session.lastFrameAgeMs();
    if (group.length === 0 || age === null) throw noPicture(status());
    if (age > STALE_AFTER_MS) {
      throw new StationError(
        'stale-picture',
        `The newest picture is ${Math.round(age / 1_000)} s old.`,
        {
          tip: 'Wait until the picture is back.',
          retryAfterMs: STALE_AFTER_MS,
        },
      );
    }
    return group;
  };

  const handlers: Handlers = {
    'host.describe': () => ({ ...parts.host, photoFolder: photos.folder(settings.get()) }),
    'status.get': status,
    'source.connect': ({ source }) => {
      emit('settings', settings.change({ lastSource: source }));
      return { generation: session.connect(source) };
    },
    'source.disconnect': async () => {
      await session.disconnect();
      return {};
    },
    'cameras.list': parts.listCameras,
    'capture.take': () =>
      photos.take({
        group: livePicture(),
        sourceName: session.sourceName ?? 'camera',
        settings: settings.get(),
      }),
    'capture.list': () => photos.list(),
    'capture.show': async ({ id }) => {
      const capture = photos.find(id);
      if (capture === undefined)
        throw new StationError('not-found', 'This photo is not among the last ten.');
      await parts.showInFolder(capture.path);
      return {};
    },
    'settings.get': () => settings.get(),
    'settings.set': (patch) => {
      const changed = settings.change(patch);
      emit('settings', changed);
      return changed;
    },
  };

  let disposal: Promise<void> | null = null;
  const dispose = async () => {
    clearInterval(heartbeat);
    stopWatching();
    await session.disconnect();
    viewers.dispose();
    await media.dispose();
    await settings.flush();
    listeners.clear();
  };

  return {
    request: (name, input) => answer(handlers, name, input, report),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attachViewer: (port, kind) => viewers.attach(port, kind),
    snapshot: async () => snapshots.jpeg(livePicture()),
    thumbnail: (id) => photos.thumbnail(id),
    dispose: () => {
      disposal ??= dispose();
      return disposal;
    },
  };
}

function noPicture(status: Status): StationError {
  if (status.state === 'idle') {
    return new StationError('not-connected', 'Nothing is connected.', {
      tip: 'Choose a source and connect first.',
    });
  }
  return new StationError('no-picture', 'There is no picture yet.', {
    tip: status.error?.tip ?? 'Wait until the picture is there.',
    retryAfterMs: 1_000,
  });
}
