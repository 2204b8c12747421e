import type { Camera } from '../../shared/cameras.ts';
import { STATUS_PERIOD_MS } from '../../shared/events.ts';
import type { Host } from '../../shared/host.ts';
import type { RequestFunction } from '../../shared/requests.ts';
import type { Status } from '../../shared/status.ts';
import { type Caller, OWN_CALLER } from '../base/caller.ts';
import type { Handlers } from '../base/handlers.ts';
import { localAddresses } from '../base/local-addresses.ts';
import type { Log } from '../base/log.ts';
import { StationEvents } from '../base/station-events.ts';
import { createUndoList } from '../base/undo-list.ts';
import { createFlight } from '../flight/flight-room.ts';
import { recordedControls } from '../library/flight-log/recorded-controls.ts';
import { createLibrary } from '../library/library.ts';
import { MediaClient } from '../media/media-client.ts';
import { RecorderClient } from '../media/recorder-client.ts';
import { Thumbnails } from '../media/thumbnails.ts';
import { TranscoderClient } from '../media/transcoder-client.ts';
import type { StartChild } from '../processes/child.ts';
import { settingsHandlers } from '../settings/handlers.ts';
import type { SettingsFile } from '../settings/settings-file.ts';
import { createShare } from '../share/share.ts';
import { sourceHandlers } from '../sources/handlers.ts';
import { SourceSession } from '../sources/session.ts';
import { FrameHub } from '../video/frame-hub.ts';
import type { OpenSourceFunction } from '../video/source.ts';
import { Viewers } from '../video/viewers.ts';
import { answer } from './answer.ts';
import type { Station } from './station.ts';

export type StationParts = {
  host: Omit<Host, 'photoFolder' | 'addresses'>;
  open: OpenSourceFunction;
  listCameras: () => Promise<Camera[]>;
  /** Calls back when a camera came or went; returns the end of watching. */
  watchCameras: (onChange: () => void) => () => void;
  settings: SettingsFile;
  defaultPhotoFolder: string;
  startChild: StartChild;
  showInFolder: (path: string) => void | Promise<void>;
  /** Resolves with the way back, where there is one. */
  moveToTrash: (path: string) => Promise<(() => Promise<void>) | null>;
  /** Where small pictures of the library's files are kept. */
  thumbnailFolder: string;
  /** The key of those who watch from the network: for this user's eyes alone. */
  shareKeyFile: string;
  log: Log;
};

/** Puts the heart together: one session, one hub, the rooms around it, and the answers to all requests. */
export function createStation(parts: StationParts): Station {
  const { settings, log, listCameras } = parts;
  const report = (what: string, error: unknown) => log.error(what, error);
  const events = new StationEvents();
  const undo = createUndoList();
  undo.add(() => events.clear());
  undo.add(() => settings.flush());

  const hub = new FrameHub(report);
  const media = new MediaClient(parts.startChild, report);
  undo.add(() => media.dispose());
  const viewers = new Viewers(hub);
  undo.add(() => viewers.dispose());
  const session = new SourceSession({
    open: parts.open,
    hub,
    onSource: (source) => {
      const hands = source?.controls;
      flight.attach(hands ? recordedControls(hands, library.flightRecord) : null);
    },
    onChange: () => sessionChanged(),
    report,
  });
  undo.add(() => session.disconnect());
  const flight = createFlight({
    events,
    stickLimitPercent: () => settings.get().stickLimitPercent,
    note: ({ kind, text }) => {
      log.info(`Flight (${kind}): ${text}`);
      // What became of commands is written down where they are given.
      if (kind === 'fail-safe') {
        library.flightRecord.note({ kind: 'failsafe', name: kind, words: text });
      } else if (kind !== 'outcome') {
        library.flightRecord.note({ kind: 'note', words: `${kind}: ${text}` });
      }
    },
  });
  // First of all on the way out: while there is still somebody to tell to land.
  undo.add(() => flight.dispose());

  const status = (): Status => ({ ...session.status(), consumers: hub.status() });
  const sayStatus = () => {
    if (session.isLive) media.warmUp();
    events.emit('status', status());
  };
  const sessionChanged = () => {
    library.sourceChanged();
    sayStatus();
  };
  const heartbeat = setInterval(() => {
    if (events.heard) events.emit('status', status());
  }, STATUS_PERIOD_MS);
  undo.add(() => clearInterval(heartbeat));
  settings.onChange((changed) => events.emit('settings', changed));
  undo.add(
    parts.watchCameras(() => {
      if (!events.heard) return;
      listCameras().then(
        (cameras) => events.emit('cameras', cameras),
        (error: unknown) => report('The cameras could not be listed', error),
      );
    }),
  );

  const library = createLibrary({
    hub,
    media,
    openRecorder: (listener) => new RecorderClient(parts.startChild, listener),
    events,
    settings: () => settings.get(),
    source: () => session.facts(),
    controls: () => session.controls(),
    appVersion: parts.host.version,
    defaultPhotoFolder: parts.defaultPhotoFolder,
    showInFolder: parts.showInFolder,
    moveToTrash: parts.moveToTrash,
    thumbnails: new Thumbnails(parts.startChild, report),
    thumbnailFolder: parts.thumbnailFolder,
    log,
  });
  undo.add(() => library.dispose());
  const share = createShare({
    hub,
    openTranscoder: (shape, listener) => new TranscoderClient(parts.startChild, shape, listener),
    events,
    keyFile: parts.shareKeyFile,
    log,
  });
  undo.add(() => share.dispose());
  const handlers: Handlers = {
    'host.describe': () => ({
      ...parts.host,
      photoFolder: library.photoFolder(),
      addresses: localAddresses(),
    }),
    'status.get': status,
    ...sourceHandlers({
      session,
      listCameras,
      letGo: (force) => flight.letGo(force),
      remember: (source) => void settings.change({ lastSource: source }),
    }),
    ...settingsHandlers(settings),
    ...library.handlers,
    ...flight.handlers,
    ...share.handlers,
  };
  const answerAny = (name: string, input: unknown, caller: Caller) =>
    answer(handlers, name, input, caller, report);

  return {
    // The table of requests pairs the name with its output; `answer` went by that table.
    request: ((name: string, input: unknown) =>
      answerAny(name, input, OWN_CALLER)) as RequestFunction,
    answer: answerAny,
    on: (name, callback) => events.on(name, callback),
    onEvent: (listener) => events.onAny(listener),
    attachViewer: (port, kind) => viewers.attach(port, kind),
    snapshot: () => library.snapshot(),
    thumbnail: (id) => library.thumbnail(id),
    picture: (id) => library.picture(id),
    couldBeFlying: () => flight.couldBeFlying(),
    landNow: (why) => flight.landNow(why),
    watchPictures: share.watchPictures,
    watchStream: share.watchStream,
    servedBy: share.servedBy,
    openItem: (id) => library.openItem(id),
    itemThumbnail: (id) => library.itemThumbnail(id),
    dispose: () => undo.run(),
  };
}
