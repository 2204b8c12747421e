import type { MenuItemConstructorOptions } from 'electron';
import { commands, type MenuCommandName } from '../../../shared/commands.ts';

export type MenuActions = {
  /** Something the page carries out. */
  command(name: MenuCommandName): void;
  toggleMiniView(on: boolean): void;
  copyDiagnostics(): void;
  checkForUpdates(): void;
  showLicence(): void;
};

export type MenuHost = { platform: NodeJS.Platform; development: boolean };

/** The menu bar, as each platform expects it. Pure: what an item does is passed in. */
export function menuTemplate(host: MenuHost, actions: MenuActions): MenuItemConstructorOptions[] {
  const mac = host.platform === 'darwin';
  return [
    ...(mac ? [macAppMenu(actions)] : []),
    fileMenu(mac, actions),
    { role: 'editMenu' },
    sourceMenu(actions),
    viewMenu(host.development, actions),
    { role: 'windowMenu' },
    helpMenu(mac, actions),
  ];
}

function macAppMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'Hoverdeck',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      commandItem('settings', actions),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  };
}

function fileMenu(mac: boolean, actions: MenuActions): MenuItemConstructorOptions {
  const end: MenuItemConstructorOptions[] = mac
    ? [{ role: 'close' }]
    : [commandItem('settings', actions), { type: 'separator' }, { role: 'quit' }];
  return {
    label: '&File',
    submenu: [commandItem('capture', actions), { type: 'separator' }, ...end],
  };
}

function sourceMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&Source',
    submenu: [commandItem('connect', actions), commandItem('disconnect', actions)],
  };
}

function viewMenu(development: boolean, actions: MenuActions): MenuItemConstructorOptions {
  const forDevelopers: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  return {
    label: '&View',
    submenu: [
      { role: 'togglefullscreen' },
      {
        id: 'mini-view',
        label: 'Mini View on Top',
        type: 'checkbox',
        accelerator: 'CmdOrCtrl+Shift+M',
        click: (item) => actions.toggleMiniView(item.checked),
      },
      ...(development ? forDevelopers : []),
    ],
  };
}

function helpMenu(mac: boolean, actions: MenuActions): MenuItemConstructorOptions {
  const about: MenuItemConstructorOptions[] = mac ? [] : [{ type: 'separator' }, { role: 'about' }];
  return {
    role: 'help',
    submenu: [
      commandItem('shortcuts', actions),
      { id: 'diagnostics', label: 'Copy Diagnostics', click: () => actions.copyDiagnostics() },
      {
        id: 'updates',
        label: 'Check for Updates…',
        click: () => actions.checkForUpdates(),
      },
      { id: 'licence', label: 'Licence', click: () => actions.showLicence() },
      ...about,
    ],
  };
}

function commandItem(name: MenuCommandName, actions: MenuActions): MenuItemConstructorOptions {
  return { id: name, ...commands[name].menu, click: () => actions.command(name) };
}
