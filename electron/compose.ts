import { join } from 'node:path';
import type { Host } from '../shared/host.ts';
import type { Settings } from '../shared/settings.ts';
import { StationError } from './base/failures.ts';
import type { Log } from './base/log.ts';
import type { StartChild } from './processes/child.ts';
import { SettingsFile } from './settings/settings-file.ts';
import { openSimulatedDrone } from './sources/simulated-drone.ts';
import { openTello } from './sources/tello/tello-source.ts';
import { listCameras } from './sources/webcam/list-cameras.ts';
import { openWebcam } from './sources/webcam/open-webcam.ts';
import { watchCameras } from './sources/webcam/watch-cameras.ts';
import { createStation } from './station/create-station.ts';
import type { Station } from './station/station.ts';
import type { OpenSourceFunction } from './video/source.ts';

export type ComposeOptions = {
  host: Pick<Host, 'kind' | 'version' | 'platform'>;
  development: boolean;
  startChild: StartChild;
  userDataFolder: string;
  picturesFolder: string;
  /** Absent where nobody sits in front of this machine. */
  showInFolder?: (path: string) => void | Promise<void>;
  /** Absent where there is no trash. Resolves with the way back, where there is one. */
  moveToTrash?: (path: string) => Promise<(() => Promise<void>) | null>;
  /** Which program reads webcams; absent = what the settings say. */
  reader?: Settings['reader'] | undefined;
  /** Extra flags for the simulated drone; absent = what the environment says. */
  simulatorArgs?: readonly string[];
  log: Log;
};

/** Builds the one station of the app from its rooms, the same for both hosts. */
export async function composeStation(options: ComposeOptions): Promise<Station> {
  const settings = new SettingsFile(join(options.userDataFolder, 'settings.json'), options.log);
  await settings.load();

  const simulator = openSimulatedDrone({
    startChild: options.startChild,
    simulatorArgs: options.simulatorArgs ?? simulatorFlags(),
  });
  const tello = openTello();
  const webcam = openWebcam({
    startChild: options.startChild,
    readerPreference: () => options.reader ?? settings.get().reader,
  });
  const open: OpenSourceFunction = (spec, listener, signal) => {
    switch (spec.kind) {
      case 'simulator':
        return simulator(spec, listener, signal);
      case 'tello':
        return tello(spec, listener, signal);
      case 'webcam':
        return webcam(spec, listener, signal);
    }
  };

  return createStation({
    host: {
      ...options.host,
      development: options.development,
      canShowInFolder: options.showInFolder !== undefined,
    },
    open,
    listCameras: () =>
      listCameras({ startChild: options.startChild, withTestPicture: options.development }),
    watchCameras,
    settings,
    defaultPhotoFolder: join(options.picturesFolder, 'Hoverdeck'),
    startChild: options.startChild,
    showInFolder: options.showInFolder ?? nobodyThere,
    moveToTrash: options.moveToTrash ?? noTrash,
    shareKeyFile: join(options.userDataFolder, 'share-key'),
    thumbnailFolder: join(options.userDataFolder, 'thumbnails'),
    log: options.log,
  });
}

function nobodyThere(path: string): never {
  throw new StationError('unsupported', 'There is no screen to open a folder on.', {
    tip: `The photo is at ${path}.`,
  });
}

/** For tests and for practising on a bad link: `HOVERDECK_SIMULATOR_FLAGS='--video-loss 2%'`, as docs/simulator.md lists them. */
function simulatorFlags(): string[] {
  return (process.env.HOVERDECK_SIMULATOR_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
}

async function noTrash(): Promise<never> {
  throw new StationError('unsupported', 'This computer has no trash.', {
    tip: 'Nothing was deleted. Use the file manager.',
  });
}
