import { nativeTheme } from 'electron';
import type { Station } from '../../station/station.ts';

/**
 * Gives the window's frame, its menus and the page the theme of the settings, now and whenever it is
 * changed. Resolves with its undoing.
 */
export async function followTheme(station: Station): Promise<() => void> {
  const reply = await station.request('settings.get', {});
  if (reply.ok) nativeTheme.themeSource = reply.value.theme;
  return station.on('settings', ({ theme }) => {
    nativeTheme.themeSource = theme;
  });
}
