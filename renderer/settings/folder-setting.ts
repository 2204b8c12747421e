import { say } from '../words/language.ts';
/**
 * Reads the photo folder as typed. Empty means the usual place. The path is one of the station's
 * machine, which may be Windows while the page is on a tablet: both kinds of absolute path are taken.
 */
export function folderSetting(
  text: string,
): { ok: true; folder: string | null } | { ok: false; problem: string } {
  const folder = text.trim();
  if (folder === '') return { ok: true, folder: null };
  const absolute = folder.startsWith('/') || /^[A-Za-z]:[\\/]/.test(folder) || /^\\\\/.test(folder);
  return absolute ? { ok: true, folder } : { ok: false, problem: say().settings.wrongPath };
}
