import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, type Log } from '../../electron/base/log.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';
import { SettingsFile } from '../../electron/settings/settings-file.ts';
import { openTello } from '../../electron/sources/tello/tello-source.ts';
import { createStation } from '../../electron/station/create-station.ts';
import type { Station } from '../../electron/station/station.ts';
import type { DroneControls } from '../../electron/video/drone-controls.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../shared/requests.ts';
import { eventually } from './eventually.ts';
import { startSimulator, type TestSimulator } from './simulator.ts';

export type FlyingStation = {
  station: Station;
  simulator: TestSimulator;
  log: Log;
  folder: string;
  /** Where photos, films and flight logs go. */
  films: string;
  controls(): DroneControls;
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
  close(): Promise<void>;
};

/** A station that is connected to a simulated drone, which the test flies by hand. */
export async function startFlyingStation(args: readonly string[] = []): Promise<FlyingStation> {
  const folder = await mkdtemp(join(tmpdir(), 'hoverdeck-flight-'));
  const log = createLog(() => undefined);
  const settings = new SettingsFile(join(folder, 'settings.json'), log);
  const simulator = await startSimulator(args);
  const tello = openTello();
  let controls: DroneControls | undefined;
  const station = createStation({
    host: {
      kind: 'browser',
      version: '0.0.0',
      platform: process.platform,
      development: true,
      canShowInFolder: false,
    },
    open: async (spec, listener, signal) => {
      if (spec.kind !== 'tello') throw new Error('only the simulator is here');
      const source = await tello(spec, listener, signal);
      controls = source.controls;
      return source;
    },
    listCameras: async () => [],
    watchCameras: () => () => undefined,
    settings,
    defaultPhotoFolder: join(folder, 'films'),
    startChild: startNodeChild,
    showInFolder: () => undefined,
    moveToTrash: async () => null,
    thumbnailFolder: join(folder, 'thumbnails'),
    shareKeyFile: join(folder, 'share-key'),
    log,
  });
  const ask: FlyingStation['ask'] = async (name, input) => {
    const result = await station.request(name, input);
    if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  await ask('source.connect', { source: simulator.source });
  await eventually(
    () => ask('status.get', {}),
    (status) => status.state === 'live',
  );
  return {
    station,
    simulator,
    log,
    folder,
    films: join(folder, 'films'),
    controls() {
      if (controls === undefined) throw new Error('no drone is open');
      return controls;
    },
    ask,
    async close() {
      await station.dispose();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
