import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../../electron/desktop/window/menu-template.ts';
import { menuWords } from '../../../../electron/desktop/window/menu-words.ts';
import { commands } from '../../../../shared/commands.ts';
import { languages } from '../../../../shared/languages.ts';

type Item = MenuItemConstructorOptions;

function build(platform: NodeJS.Platform, development = false, words = menuWords.en) {
  const did: string[] = [];
  const template = menuTemplate({ platform, development, isMiniView: false }, words, {
    command: (command) => void did.push(command),
    toggleMiniView: (on) => void did.push(`mini ${on}`),
    copyDiagnostics: () => void did.push('diagnostics'),
    checkForUpdates: () => void did.push('updates'),
    showLicence: () => void did.push('licence'),
  });
  return { items: flatten(template), did };
}

function flatten(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? flatten(item.submenu) : []),
  ]);
}

const inMenu = Object.entries(commands).flatMap(([name, command]) =>
  'menu' in command ? [name] : [],
);
const systems = ['linux', 'win32', 'darwin'] as const;

describe('the menu', () => {
  it.each(systems)('reaches every command of the page once (%s)', (platform) => {
    const { items, did } = build(platform);
    for (const { id, click } of items) {
      // What Electron passes, none of our items but the check box looks at.
      if (inMenu.some((name) => name === id)) Reflect.apply(click ?? fail, null, []);
    }
    expect(did.sort()).toEqual([...inMenu].sort());
  });

  it('gives each the key of the table, and a name', () => {
    const item = build('linux').items.find(({ id }) => id === 'capture');
    expect(item).toMatchObject({ ...commands.capture.menu, label: 'Capture Picture' });
  });

  it.each(languages)('names everything, and speaks no English elsewhere (%s)', (language) => {
    const labels = build('darwin', false, menuWords[language]).items.map(({ label }) => label);
    expect(labels.filter((label) => label === undefined || label === '')).toHaveLength(
      // The lines between.
      build('darwin').items.filter(({ type }) => type === 'separator').length,
    );
    const english = new Set(build('darwin').items.map(({ label }) => label));
    const same = labels.filter((label) => label !== undefined && english.has(label));
    if (language !== 'en') expect(same.every((label) => isSaidEverywhere(label))).toBe(true);
  });

  it.each(systems)('gives no two items one key (%s)', (platform) => {
    const keys = build(platform, true).items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    // A bare letter would be taken from every text field on macOS.
    expect(keys.every((key) => key.includes('+'))).toBe(true);
  });

  it.each(systems)('can quit, tell about itself and fill the screen (%s)', (platform) => {
    const roles = build(platform).items.map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['quit', 'about', 'togglefullscreen']));
  });

  it('has the developer’s items in development only', () => {
    const rolesOf = (development: boolean) =>
      build('linux', development).items.map(({ role }) => role);
    expect(rolesOf(true)).toEqual(expect.arrayContaining(['toggleDevTools', 'reload']));
    expect(rolesOf(false)).not.toContain('toggleDevTools');
    expect(rolesOf(false)).not.toContain('reload');
  });
});

/** The app's name, and what these languages took from each other. */
function isSaidEverywhere(label = ''): boolean {
  return ['Hoverdeck', 'Zoom', 'Services', '&Source', 'Licence'].includes(label);
}

function fail(): never {
  throw new Error('the item does nothing');
}
