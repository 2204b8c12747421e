import { StationError } from '../../base/failures.ts';

/** File systems stop at 255 bytes; the ending and a number want some of them. */
const MAX_NAME_BYTES = 200;
/** What Windows keeps for itself, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** What no file system of the three takes, or takes for a path. */
const FORBIDDEN = /[\p{Cc}\p{Cs}/\\:*?"<>|]/u;

/**
 * Whether a file may be called so on every system this app runs on: a folder of films wanders from one to
 * the next on a memory card.
 * @throws StationError `bad-request`
 */
export function checkNewName(name: string): void {
  if (name.trim() === '') throw refused('A file wants a name.');
  if (FORBIDDEN.test(name))
    throw refused('These characters have no place in a name: / \\ : * ? " < > |');
  if (name.startsWith('.')) throw refused('A name that begins with a dot would be hidden.');
  if (name !== name.trim() || name.endsWith('.')) {
    throw refused('A name does not begin or end with a space, nor end with a dot.');
  }
  if (RESERVED.test(name)) throw refused(`Windows keeps “${name}” for itself.`);
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw refused('This name is too long.');
}

function refused(message: string): StationError {
  return new StationError('bad-request', message, { tip: 'Choose another name.' });
}
