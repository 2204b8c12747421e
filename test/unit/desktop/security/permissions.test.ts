import { describe, expect, it } from 'vitest';
import { mayUse } from '../../../../electron/desktop/security/permissions.ts';

const asker = 'app://hoverdeck/';

describe('permissions', () => {
  it.each([
    'media',
    'geolocation',
    'notifications',
    'midiSysex',
    'display-capture',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'unknown',
    '',
    'constructor',
  ])('are denied by default: %j', (permission) => {
    expect(mayUse({ permission, asker, isMainFrame: true })).toBe(false);
  });

  it.each(['fullscreen', 'clipboard-sanitized-write'])(
    'are given to the app’s own top frame alone: %s',
    (permission) => {
      expect(mayUse({ permission, asker, isMainFrame: true })).toBe(true);
      expect(mayUse({ permission, asker, isMainFrame: false })).toBe(false);
      for (const other of ['https://example.org/', 'app://hoverdeck.example.org/', '', 'null']) {
        expect(mayUse({ permission, asker: other, isMainFrame: true })).toBe(false);
      }
    },
  );
});
