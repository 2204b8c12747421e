type Command = {
  /** The key that asks for it in the page, as it is shown; whether upper or lower case does not matter. */
  key?: string;
  /** Whether a key held down asks again and again. */
  repeats: boolean;
  /** Listened to by the flight room, and by it alone. */
  isFlying?: boolean;
  /** Its place in the desktop's menu bar. A bare letter would be taken from every text field on macOS. */
  menu?: { accelerator: string };
};

/**
 * Everything that a key or the desktop's menu can ask of the page. What a window does by itself (full
 * screen, mini view) is the menu's own affair.
 */
export const commands = {
  capture: {
    key: 'C',
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+S' },
  },
  'toggle-connection': { key: 'K', repeats: false },
  connect: {
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+K' },
  },
  disconnect: {
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+Shift+K' },
  },
  record: {
    key: 'R',
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+Shift+R' },
  },
  library: { key: 'G', repeats: false },
  captures: { repeats: false },
  settings: {
    key: ',',
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+,' },
  },
  numbers: { key: 'I', repeats: false },
  'full-screen': { key: 'F', repeats: false },
  // Flying has its own ears for these: one is held, one works whatever has the focus.
  'take-off': { key: 'T', repeats: false, isFlying: true },
  land: { key: 'L', repeats: false, isFlying: true },
  stop: { key: 'Space', repeats: false, isFlying: true },
  hud: { key: 'H', repeats: false },
  manoeuvres: { key: 'M', repeats: false },
  shortcuts: {
    key: '?',
    repeats: false,
    menu: { accelerator: 'CmdOrCtrl+/' },
  },
} as const satisfies Record<string, Command>;

type Commands = typeof commands;
export type CommandName = keyof Commands;
/** The commands that stand in the menu bar. */
export type MenuCommandName = {
  [N in CommandName]: Commands[N] extends { menu: object } ? N : never;
}[CommandName];

/** A command with a key, as the page shows it. */
export type Shortcut = { name: CommandName; key: string; repeats: boolean; isFlying: boolean };

/** The commands that have a key of the page's own, in the order of the table. */
export const shortcuts: readonly Shortcut[] = commandNames().flatMap((name) => {
  const command: Command = commands[name];
  const { key, repeats, isFlying = false } = command;
  return key === undefined ? [] : [{ name, key, repeats, isFlying }];
});

/** Closes whatever dialog is open; the dialogs listen for it themselves. */
export const closeShortcut = { key: 'Esc' } as const;

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(commands, text);
}

function commandNames(): CommandName[] {
  return Object.keys(commands).filter(isCommandName);
}
