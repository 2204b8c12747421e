type Command = {
  /** What it does, for the list of shortcuts. */
  words: string;
  /** The key that asks for it in the page, as it is shown; whether upper or lower case does not matter. */
  key?: string;
  /** Whether a key held down asks again and again. */
  repeats: boolean;
  /** Its place in the desktop's menu bar. A bare letter would be taken from every text field on macOS. */
  menu?: { label: string; accelerator: string };
};

/**
 * Everything that a key or the desktop's menu can ask of the page. What a window does by itself (full
 * screen, mini view) is the menu's own affair.
 */
export const commands = {
  capture: {
    words: 'Take a photo',
    key: 'C',
    repeats: false,
    menu: { label: 'Capture Picture', accelerator: 'CmdOrCtrl+S' },
  },
  'toggle-connection': { words: 'Connect, or end the connection', key: 'K', repeats: false },
  connect: {
    words: 'Connect',
    repeats: false,
    menu: { label: 'Connect', accelerator: 'CmdOrCtrl+K' },
  },
  disconnect: {
    words: 'Disconnect',
    repeats: false,
    menu: { label: 'Disconnect', accelerator: 'CmdOrCtrl+Shift+K' },
  },
  captures: { words: 'Open or close the captures', key: 'G', repeats: false },
  settings: {
    words: 'Open or close the settings',
    key: ',',
    repeats: false,
    menu: { label: 'Settings…', accelerator: 'CmdOrCtrl+,' },
  },
  numbers: { words: 'Show or hide the numbers', key: 'I', repeats: false },
  'full-screen': { words: 'Fill the screen, or leave it', key: 'F', repeats: false },
  shortcuts: {
    words: 'Show these shortcuts',
    key: '?',
    repeats: false,
    menu: { label: 'Keyboard Shortcuts', accelerator: 'CmdOrCtrl+/' },
  },
} as const satisfies Record<string, Command>;

type Commands = typeof commands;
export type CommandName = keyof Commands;
/** The commands that stand in the menu bar. */
export type MenuCommandName = {
  [N in CommandName]: Commands[N] extends { menu: object } ? N : never;
}[CommandName];

/** A command with a key, as the page shows it. */
export type Shortcut = { name: CommandName; words: string; key: string; repeats: boolean };

/** The commands that have a key of the page's own, in the order of the table. */
export const shortcuts: readonly Shortcut[] = commandNames().flatMap((name) => {
  const command: Command = commands[name];
  const { words, key, repeats } = command;
  return key === undefined ? [] : [{ name, words, key, repeats }];
});

/** Closes whatever dialog is open; the dialogs listen for it themselves. */
export const closeShortcut = { words: 'Close what is open', key: 'Esc' } as const;

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(commands, text);
}

function commandNames(): CommandName[] {
  return Object.keys(commands).filter(isCommandName);
}
