export const LICENCE_URL = 'https://www.gnu.org/licenses/gpl-3.0.html';

/** The only addresses ever handed to the system's browser, each in full. */
const allowed: ReadonlySet<string> = new Set([LICENCE_URL]);

/** Exact comparison: no prefix, no host match, no normalisation that could be argued with. */
export function isAllowedLink(address: string): boolean {
  return allowed.has(address);
}
