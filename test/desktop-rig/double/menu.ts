import type * as Electron from 'electron';
import { refuseUnknown } from '../strict.ts';
import type { KeyStroke } from '../wire.ts';
import { app } from './app.ts';
import { records } from './records.ts';

type Template = Electron.MenuItemConstructorOptions;
type Role = NonNullable<Template['role']>;

const itemKeys = ['id', 'label', 'role', 'type', 'accelerator', 'click', 'submenu', 'checked'];

/** Roles the rig knows, each with the key Electron gives it on Linux and Windows. */
const roles: Readonly<Partial<Record<Role, string | null>>> = {
  about: null,
  close: 'Control+W',
  quit: 'Control+Q',
  reload: 'CmdOrCtrl+R',
  toggleDevTools: 'Control+Shift+I',
  togglefullscreen: 'F11',
  help: null,
  hide: 'Command+H',
  hideOthers: 'Command+Alt+H',
  unhide: null,
  services: null,
  minimize: 'CmdOrCtrl+M',
  zoom: null,
  // Electron shows the keys of these and leaves them to the page.
  undo: null,
  redo: null,
  cut: null,
  copy: null,
  paste: null,
  selectAll: null,
};

const modifiers: Readonly<Record<string, keyof KeyStroke>> = {
  CmdOrCtrl: 'control',
  CommandOrControl: 'control',
  Ctrl: 'control',
  Control: 'control',
  Command: 'meta',
  Alt: 'alt',
  Shift: 'shift',
};

export type RigMenuItem = {
  id?: string;
  label?: string;
  role?: Role;
  accelerator?: string;
  checked: boolean;
  click(): void;
  submenu: RigMenuItem[];
};

/** What a role does; the owner of the windows fills it in. */
export const roleActions: Partial<Record<Role, () => void>> = { quit: () => app.quit() };

let applicationMenu: RigMenuItem[] = [];
export const currentMenu = (): readonly RigMenuItem[] => applicationMenu;

function build(template: Template): RigMenuItem {
  refuseUnknown('menu item', template, itemKeys);
  const { id, label, role, type, click, submenu = [] } = template;
  if (role !== undefined && !(role in roles)) {
    throw new Error(`The desktop rig does not model the menu role '${role}'.`);
  }
  if (label === undefined && role === undefined && type !== 'separator') {
    throw new Error('Invalid template for MenuItem: must have either a label, a role or a type');
  }
  if (!Array.isArray(submenu)) throw new Error('The desktop rig models submenus as templates.');
  const accelerator = template.accelerator ?? (role === undefined ? null : roles[role]) ?? null;
  if (accelerator !== null) parseAccelerator(accelerator);
  const item: RigMenuItem = {
    ...(id === undefined ? {} : { id }),
    ...(label === undefined ? {} : { label }),
    ...(role === undefined ? {} : { role }),
    ...(accelerator === null ? {} : { accelerator }),
    checked: template.checked ?? false,
    click() {
      if (type === 'checkbox') item.checked = !item.checked;
      if (role !== undefined) runRole(role);
      // Electron passes the item, its window and the event; ours look at the item only.
      else click?.(item as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
    },
    submenu: submenu.map((entry) => build(entry as Template)),
  };
  return item;
}

function runRole(role: Role): void {
  const action = roleActions[role];
  if (action === undefined) throw new Error(`The desktop rig does not model clicking '${role}'.`);
  action();
}

/** The parts of an accelerator, checked as Electron checks them. */
function parseAccelerator(accelerator: string): KeyStroke {
  const parts = accelerator.split('+');
  const key = parts.pop() ?? '';
  if (!/^([A-Z0-9,./]|F\d{1,2})$/.test(key)) throw new Error(`invalid accelerator ${accelerator}`);
  const stroke = { key, control: false, shift: false, alt: false, meta: false };
  for (const part of parts) {
    const modifier = modifiers[part];
    if (modifier === undefined) throw new Error(`invalid accelerator ${accelerator}`);
    Object.assign(stroke, { [modifier]: true });
  }
  return stroke;
}

/** A key the page left alone: runs the menu item that has it, if there is one. */
export function pressAccelerator(stroke: KeyStroke): void {
  const fits = (item: RigMenuItem) => {
    if (item.accelerator === undefined) return false;
    const wanted = parseAccelerator(item.accelerator);
    return (
      wanted.key === stroke.key.toUpperCase() &&
      wanted.control === stroke.control &&
      wanted.shift === stroke.shift &&
      wanted.alt === stroke.alt &&
      wanted.meta === stroke.meta
    );
  };
  findItem(fits)?.click();
}

export function findItem(
  fits: (item: RigMenuItem) => boolean,
  items: readonly RigMenuItem[] = applicationMenu,
): RigMenuItem | null {
  for (const item of items) {
    if (fits(item)) return item;
    const inside = findItem(fits, item.submenu);
    if (inside !== null) return inside;
  }
  return null;
}

roleActions.about = () => {
  Object.assign(records.aboutPanel, { shown: true });
};

/** `Menu`: its two static functions. */
export const Menu = {
  buildFromTemplate: (template: Template[]) => template.map(build),
  setApplicationMenu(menu: RigMenuItem[]) {
    applicationMenu = menu;
  },
};
