import { app } from 'electron';
import { LICENCE_URL } from '../security/allowed-links.ts';

/** The About box, including the licence the bundled FFmpeg brings with it. */
export function describeApp(version: string): void {
  app.setAboutPanelOptions({
    applicationName: 'Hoverdeck',
    applicationVersion: version,
    copyright: 'Distributed under the GNU General Public License, version 3 or later.',
    credits: 'Contains FFmpeg (GPL v3) through node-av.',
    website: LICENCE_URL,
  });
}
