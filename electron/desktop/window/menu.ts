import { app, clipboard, Menu } from 'electron';
import { languageFor } from '../../../shared/languages.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Station } from '../../station/station.ts';
import { CHANNELS } from '../page/channels.ts';
import { LICENCE_URL } from '../security/allowed-links.ts';
import { openLink } from '../security/external-links.ts';
import { log } from '../system/desktop-log.ts';
import type { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { menuWords } from './menu-words.ts';
import { isMiniView, setMiniView } from './mini-view.ts';

export type MenuOptions = {
  window: MainWindow;
  development: boolean;
  checkForUpdates(): void;
  /** What "Copy Diagnostics" puts on the clipboard: no secrets, no pictures. */
  diagnostics(): Promise<string>;
};

/**
 * Puts the menu bar up, in the language of the settings, and anew whenever that is changed. Resolves with
 * its undoing.
 */
export async function installMenu(station: Station, options: MenuOptions): Promise<() => void> {
  let shown: Settings['language'] | null = null;
  const show = ({ language }: Settings) => {
    if (language === shown) return;
    shown = language;
    putUp(language, options);
  };
  const stop = station.on('settings', show);
  const reply = await station.request('settings.get', {});
  // Without settings, the menu speaks as the system does.
  if (reply.ok) show(reply.value);
  else putUp('system', options);
  return stop;
}

function putUp(setting: Settings['language'], options: MenuOptions): void {
  const { window, development, diagnostics, checkForUpdates } = options;
  const language = setting === 'system' ? languageFor(app.getPreferredSystemLanguages()) : setting;
  const open = window.current();
  const template = menuTemplate(
    { platform: process.platform, development, isMiniView: open !== null && isMiniView(open) },
    menuWords[language],
    {
      command: (command) => window.send(CHANNELS.command, command),
      toggleMiniView(on) {
        const open = window.current();
        if (open !== null) setMiniView(open, on);
      },
      copyDiagnostics() {
        diagnostics()
          .then((text) => clipboard.writeText(text))
          .catch((error: unknown) => log.error('The diagnostics could not be copied', error));
      },
      checkForUpdates,
      showLicence: () => openLink(LICENCE_URL),
    },
  );
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
