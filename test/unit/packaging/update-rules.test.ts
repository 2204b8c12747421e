import { expect, test } from 'vitest';
import { updateProblem, updateWords } from '../../../electron/desktop/updates/update-state.ts';
import {
  type Installation,
  updateSupport,
} from '../../../electron/desktop/updates/update-support.ts';

const appImage: Installation = {
  packaged: true,
  platform: 'linux',
  env: { APPIMAGE: '/home/me/Hoverdeck.AppImage' },
  hasFeed: true,
};

test.each<[string, Partial<Installation>, ReturnType<typeof updateSupport>]>([
  ['an AppImage', {}, { kind: 'appimage' }],
  ['the Windows installer’s program', { platform: 'win32', env: {} }, { kind: 'nsis' }],
  ['the macOS app', { platform: 'darwin', env: {} }, { kind: 'mac' }],
  ['a checkout', { packaged: false }, { off: 'development' }],
  ['deb, rpm or archive', { env: {} }, { off: 'package-manager' }],
  [
    'the portable program',
    { platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\Hoverdeck.exe' } },
    { off: 'portable' },
  ],
  ['a build without a feed', { hasFeed: false }, { off: 'no-feed' }],
  ['a deb without a feed', { hasFeed: false, env: {} }, { off: 'package-manager' }],
  ['another system', { platform: 'freebsd' }, { off: 'package-manager' }],
])('%s updates itself, or not, as it can', (_name, difference, expected) => {
  expect(updateSupport({ ...appImage, ...difference })).toEqual(expected);
});

function failing(message: string, extra: object = {}): Error {
  return Object.assign(new Error(message), extra);
}

test.each([
  [failing('sha512 checksum mismatch', { code: 'ERR_CHECKSUM_MISMATCH' }), 'damaged'],
  [failing('not signed by', { code: 'ERR_UPDATER_INVALID_SIGNATURE' }), 'damaged'],
  [failing('aborted', { code: 'ECONNRESET' }), 'damaged'],
  [failing('no room', { code: 'ENOSPC' }), 'disk-full'],
  [failing('no file', { code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' }), 'bad-feed'],
  [failing('connect', { code: 'ECONNREFUSED' }), 'unreachable'],
  [failing('net::ERR_NAME_NOT_RESOLVED'), 'unreachable'],
  [failing('503', { statusCode: 503 }), 'unreachable'],
  [failing('something else'), 'unknown'],
  ['not even an error', 'unknown'],
])('%s is sorted by what the user can do about it', (error, problem) => {
  expect(updateProblem(error)).toBe(problem);
});

test('every state has words', () => {
  expect(updateWords({ phase: 'downloading', version: '1.2.3', percent: 41.9 })).toBe(
    'Fetching version 1.2.3 … 41 %',
  );
  expect(updateWords({ phase: 'ready', version: '1.2.3' })).toContain('when you choose');
  expect(updateWords({ phase: 'idle', checkedAtMs: null })).not.toBe(
    updateWords({ phase: 'idle', checkedAtMs: 1 }),
  );
  expect(updateWords({ phase: 'off', reason: 'portable' })).toContain('portable');
  expect(updateWords({ phase: 'failed', problem: 'damaged', atMs: 1 })).toContain('thrown away');
});
