import { clipboard, Menu } from 'electron';
import { CHANNELS } from '../page/channels.ts';
import { LICENCE_URL } from '../security/allowed-links.ts';
import { openLink } from '../security/external-links.ts';
import { log } from '../system/desktop-log.ts';
import type { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { setMiniView } from './mini-view.ts';

export type MenuOptions = {
  window: MainWindow;
  development: boolean;
  checkForUpdates(): void;
  /** What "Copy Diagnostics" puts on the clipboard: no secrets, no pictures. */
  diagnostics(): Promise<string>;
};

/** Puts the menu bar up. */
export function installMenu(options: MenuOptions): void {
  const { window, development, diagnostics, checkForUpdates } = options;
  const template = menuTemplate(
    { platform: process.platform, development },
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
