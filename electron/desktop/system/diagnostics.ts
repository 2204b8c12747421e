import { release } from 'node:os';
import type { Station } from '../../station/station.ts';
import { linesForReport } from './desktop-log.ts';

export type AppVersions = {
  app: string;
  electron: string;
  chrome: string;
  node: string;
};

/**
 * What to paste into a bug report: versions, system, the station's status and the log. No pictures, no
 * settings, and no user name in any folder.
 */
export async function describeForReport(station: Station, versions: AppVersions): Promise<string> {
  const status = await station.request('status.get', {});
  return [
    `Hoverdeck ${versions.app}`,
    `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}`,
    `${process.platform} ${process.arch} ${release()}`,
    `Status: ${JSON.stringify(status.ok ? status.value : status.error, null, 2)}`,
    'Log:',
    ...linesForReport(),
  ].join('\n');
}
