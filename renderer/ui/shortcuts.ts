/** Everything that a key or the application's menu can ask for. */
export const commands = [
  { id: 'capture', key: 'C', words: 'Take a photo' },
  { id: 'toggle-connection', key: 'K', words: 'Connect or disconnect' },
  { id: 'captures', key: 'G', words: 'Open or close the captures' },
  { id: 'settings', key: ',', words: 'Open or close the settings' },
  { id: 'shortcuts', key: '?', words: 'Show these shortcuts' },
] as const;

export type CommandId = (typeof commands)[number]['id'] | 'connect' | 'disconnect';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'> & {
  defaultPrevented: boolean;
};

/** The command of a key press, unless it belongs to the browser, the system, or is held down. */
export function commandForKey(press: KeyPress): CommandId | null {
  if (press.defaultPrevented || press.repeat) return null;
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.toUpperCase();
  return commands.find((command) => command.key === key)?.id ?? null;
}

/** Where letters are text, or pick an item: no shortcut may fire there. */
export const TAKES_LETTERS =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]';

/** The menu of the desktop host names its commands in plain strings. */
export function isCommandId(text: string): text is CommandId {
  return (
    text === 'connect' || text === 'disconnect' || commands.some((command) => command.id === text)
  );
}

export function keyOf(id: (typeof commands)[number]['id']): string | undefined {
  return commands.find((command) => command.id === id)?.key;
}
