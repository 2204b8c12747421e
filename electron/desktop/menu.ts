import { clipboard, Menu } from 'electron';
import { LICENCE_URL } from './allowed-links.ts';
import { CHANNELS } from './channels.ts';
import { log } from './desktop-log.ts';
import { openLink } from './external-links.ts';
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
