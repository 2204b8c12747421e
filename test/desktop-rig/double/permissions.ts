import type * as Electron from 'electron';
import type { CdpSession } from '../chromium/cdp.ts';
import { isGranted, type PermissionName } from './session.ts';

/** Electron's name of a permission → Chromium's descriptors for the same. */
const descriptors: Readonly<Partial<Record<PermissionName, readonly string[]>>> = {
  media: ['camera', 'microphone'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'display-capture': ['display-capture'],
  'idle-detection': ['idle-detection'],
  'screen-wake-lock': ['screen-wake-lock'],
  'local-fonts': ['local-fonts'],
  'window-management': ['window-management'],
};

/**
 * Gives Chromium the app's own answers for an origin. Electron asks when the page does; here the app
 * is asked beforehand, once a handler or a page is new.
 */
export async function applyPermissions(
  browser: CdpSession,
  contents: Electron.WebContents,
  origin: string,
  chromiumOrigin: string,
): Promise<void> {
  for (const [permission, names] of Object.entries(descriptors)) {
    const granted = isGranted(contents, permission as PermissionName, origin);
    for (const name of names) {
      await browser.send('Browser.setPermission', {
        permission: { name },
        setting: granted ? 'granted' : 'denied',
        origin: chromiumOrigin,
      });
    }
  }
}
