import { type CommandName, shortcuts } from '../../shared/commands.ts';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'> & {
  defaultPrevented: boolean;
};

/** The command of a key press, unless the press belongs to the browser or the system. */
export function commandForKey(press: KeyPress): CommandName | null {
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey) return null;
  const key = press.key.toUpperCase();
  const shortcut = shortcuts.find((known) => known.key === key && !known.isFlying);
  if (shortcut === undefined || (press.repeat && !shortcut.repeats)) return null;
  return shortcut.name;
}

/** Where letters are text, or pick an item: no shortcut may fire there. */
export const TAKES_LETTERS =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]';
