import type { ErrorCode } from '../../shared/errors.ts';
import type { Failure } from '../../shared/result.ts';
import { currentLanguage, say } from './language.ts';

/** A short headline for every failure. */
export function headlineOf(code: ErrorCode): string {
  return say().errors[code].headline;
}

/** What to do: the station's own tip, where it gave one in the language of the page. */
export function tipOf(failure: Failure): string {
  const own = currentLanguage() === 'en' ? failure.tip : undefined;
  return own ?? say().errors[failure.code].tip;
}

/** Failures whose sentence names what no headline can: a port, a program, a folder. */
const NAMES_SOMETHING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bad-request',
  'port-in-use',
  'folder-missing',
  'folder-read-only',
  'write-failed',
  'internal',
]);

/**
 * The station's sentence between the two: it knows addresses, ports and names, and speaks English. In
 * another language it is said only where it names what has to be known.
 */
export function sentenceOf(failure: Failure): string {
  const said = currentLanguage() === 'en' || NAMES_SOMETHING.has(failure.code);
  return said ? failure.message : '';
}
