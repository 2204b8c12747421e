import type { MenuItemConstructorOptions } from 'electron';
import { commands, type MenuCommandName } from '../../../shared/commands.ts';
import type { MenuWords } from './menu-words.ts';

export type MenuActions = {
  /** Something the page carries out. */
  command(name: MenuCommandName): void;
  toggleMiniView(on: boolean): void;
  copyDiagnostics(): void;
  checkForUpdates(): void;
  showLicence(): void;
};

export type MenuHost = { platform: NodeJS.Platform; development: boolean; isMiniView: boolean };

/** The menu bar, as each platform expects it. Pure: what an item does and how it is called is passed in. */
export function menuTemplate(
  host: MenuHost,
  words: MenuWords,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = host.platform === 'darwin';
  return [
    ...(mac ? [macAppMenu(words, actions)] : []),
    fileMenu(mac, words, actions),
    editMenu(words),
    sourceMenu(words, actions),
    viewMenu(host, words, actions),
    windowMenu(mac, words),
    helpMenu(mac, words, actions),
  ];
}

function macAppMenu(words: MenuWords, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: 'Hoverdeck',
    submenu: [
      { role: 'about', label: words.about },
      separator,
      commandItem('settings', words, actions),
      separator,
      { role: 'services', label: words.services },
      separator,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      separator,
      { role: 'quit', label: words.quit },
    ],
  };
}

function fileMenu(
  mac: boolean,
  words: MenuWords,
  actions: MenuActions,
): MenuItemConstructorOptions {
  const end: MenuItemConstructorOptions[] = mac
    ? [{ role: 'close', label: words.close }]
    : [commandItem('settings', words, actions), separator, { role: 'quit', label: words.quit }];
  return {
    label: words.file,
    submenu: [
      commandItem('capture', words, actions),
      commandItem('record', words, actions),
      separator,
      ...end,
    ],
  };
}

function editMenu(words: MenuWords): MenuItemConstructorOptions {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      separator,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  };
}

function sourceMenu(words: MenuWords, actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: words.source,
    submenu: [commandItem('connect', words, actions), commandItem('disconnect', words, actions)],
  };
}

function viewMenu(
  host: MenuHost,
  words: MenuWords,
  actions: MenuActions,
): MenuItemConstructorOptions {
  const forDevelopers: MenuItemConstructorOptions[] = [
    separator,
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ];
  return {
    label: words.view,
    submenu: [
      { role: 'togglefullscreen', label: words.fullScreen },
      {
        id: 'mini-view',
        label: words.miniView,
        type: 'checkbox',
        checked: host.isMiniView,
        accelerator: 'CmdOrCtrl+Shift+M',
        click: (item) => actions.toggleMiniView(item.checked),
      },
      ...(host.development ? forDevelopers : []),
    ],
  };
}

function windowMenu(mac: boolean, words: MenuWords): MenuItemConstructorOptions {
  const rest: MenuItemConstructorOptions = mac
    ? { role: 'zoom', label: words.zoom }
    : { role: 'close', label: words.close };
  return {
    label: words.window,
    submenu: [{ role: 'minimize', label: words.minimise }, rest],
  };
}

function helpMenu(
  mac: boolean,
  words: MenuWords,
  actions: MenuActions,
): MenuItemConstructorOptions {
  const about: MenuItemConstructorOptions[] = mac
    ? []
    : [separator, { role: 'about', label: words.about }];
  return {
    role: 'help',
    label: words.help,
    submenu: [
      commandItem('shortcuts', words, actions),
      { id: 'diagnostics', label: words.diagnostics, click: () => actions.copyDiagnostics() },
      { id: 'updates', label: words.updates, click: () => actions.checkForUpdates() },
      { id: 'licence', label: words.licence, click: () => actions.showLicence() },
      ...about,
    ],
  };
}

const separator = { type: 'separator' } as const;

function commandItem(
  name: MenuCommandName,
  words: MenuWords,
  actions: MenuActions,
): MenuItemConstructorOptions {
  return {
    id: name,
    label: words.commands[name],
    ...commands[name].menu,
    click: () => actions.command(name),
  };
}
