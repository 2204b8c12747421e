import type { MenuItemConstructorOptions } from 'electron';
import type { PageCommand } from '../page/channels.ts';

export type MenuActions = {
  /** Something the page carries out. */
  command(command: PageCommand): void;
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
      settingsItem(actions),
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
  const capture: MenuItemConstructorOptions = {
    id: 'capture',
    label: 'Capture Picture',
    accelerator: 'CmdOrCtrl+S',
    click: () => actions.command('capture'),
  };
  const end: MenuItemConstructorOptions[] = mac
    ? [{ role: 'close' }]
    : [settingsItem(actions), { type: 'separator' }, { role: 'quit' }];
  return { label: '&File', submenu: [capture, { type: 'separator' }, ...end] };
}

function sourceMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&Source',
    submenu: [
      {
        id: 'connect',
        label: 'Connect',
        accelerator: 'CmdOrCtrl+K',
        click: () => actions.command('connect'),
      },
      {
        id: 'disconnect',
        label: 'Disconnect',
        accelerator: 'CmdOrCtrl+Shift+K',
        click: () => actions.command('disconnect'),
      },
    ],
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
      {
        id: 'shortcuts',
        label: 'Keyboard Shortcuts',
        accelerator: 'CmdOrCtrl+/',
        click: () => actions.command('shortcuts'),
      },
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

function settingsItem(actions: MenuActions): MenuItemConstructorOptions {
  return {
    id: 'settings',
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.command('settings'),
  };
}
