import type * as Electron from 'electron';
import { refuseUnknown, strict } from '../strict.ts';
import { lifeCycle } from './app.ts';
import { records } from './records.ts';

export const shell = strict('shell', {
  async openExternal(url: string) {
    records.openedLinks.push(url);
  },
  showItemInFolder(path: string) {
    records.shownItems.push(path);
  },
} satisfies Pick<typeof Electron.shell, 'openExternal' | 'showItemInFolder'>);

export const clipboard = strict('clipboard', {
  async writeText(text: string) {
    records.clipboard = text;
  },
} satisfies Pick<typeof Electron.clipboard, 'writeText'>);

const messageBoxOptions = ['type', 'message', 'detail', 'buttons', 'defaultId', 'cancelId'];

export const dialog = strict('dialog', {
  showMessageBox(...values: unknown[]) {
    const options = values.at(-1) as Electron.MessageBoxOptions;
    refuseUnknown('dialog.showMessageBox', options, messageBoxOptions);
    return new Promise<Electron.MessageBoxReturnValue>((resolve) => {
      const entry = {
        options,
        answer(response: number) {
          records.dialogs.splice(records.dialogs.indexOf(entry), 1);
          resolve({ response, checkboxChecked: false });
        },
      };
      records.dialogs.push(entry);
    });
  },
} satisfies Pick<typeof Electron.dialog, 'showMessageBox'>);

let nextBlocker = 0;
const blockerKinds = ['prevent-app-suspension', 'prevent-display-sleep'];

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(kind) {
    if (!lifeCycle.isReady()) throw new Error('powerSaveBlocker before app is ready');
    if (!blockerKinds.includes(kind)) throw new TypeError(`unknown blocker '${kind}'`);
    records.powerBlockers.set(nextBlocker, kind);
    return nextBlocker++;
  },
  stop: (id) => records.powerBlockers.delete(id),
} satisfies Pick<typeof Electron.powerSaveBlocker, 'start' | 'stop'>);

const noTheme: (dark: boolean) => void = () => undefined;
/** The system's own preference, and who wants to hear of a change. */
export const theme = {
  systemIsDark: false,
  onChange: noTheme,
  isDark: () => isDark(),
};
let themeSource: Electron.NativeTheme['themeSource'] = 'system';

function isDark(): boolean {
  return themeSource === 'system' ? theme.systemIsDark : themeSource === 'dark';
}

export const nativeTheme = strict('nativeTheme', {
  get themeSource() {
    return themeSource;
  },
  set themeSource(value) {
    if (!['system', 'light', 'dark'].includes(value)) throw new TypeError(`theme '${value}'`);
    themeSource = value;
    theme.onChange(isDark());
  },
  get shouldUseDarkColors() {
    return isDark();
  },
} satisfies Pick<typeof Electron.nativeTheme, 'themeSource' | 'shouldUseDarkColors'>);

type Display = Pick<Electron.Display, 'id' | 'workArea'>;

/** The screens there are; the first is the primary one. */
const screens: { displays: Display[] } = {
  displays: [{ id: 1, workArea: { x: 0, y: 27, width: 1920, height: 1053 } }],
};

function display(entry: Display | undefined): Electron.Display {
  if (!lifeCycle.isReady()) throw new Error('screen cannot be used before app is ready');
  if (entry === undefined) throw new Error('no display');
  return strict('Display', entry) as Electron.Display;
}

export const screen = strict('screen', {
  getPrimaryDisplay: () => display(screens.displays[0]),
  getAllDisplays: () => screens.displays.map(display),
} satisfies Pick<typeof Electron.screen, 'getPrimaryDisplay' | 'getAllDisplays'>);
