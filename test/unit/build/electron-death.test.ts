import { describe, expect, it } from 'vitest';
import { explainDeath } from '../../../build/setup/electron-death.mjs';

type Death = Parameters<typeof explainDeath>[0];
const died = (death: Partial<Death>): string =>
  explainDeath({ code: null, signal: null, error: null, words: '', ...death });

describe('why Electron showed no window', () => {
  it.each([
    [
      'a library is missing',
      {
        code: 127,
        words:
          'electron: error while loading shared libraries: libnss3.so: cannot open shared object file',
      },
      'the system library libnss3.so is missing',
    ],
    [
      'the C library is too old',
      { code: 1, words: "electron: /lib/libc.so.6: version `GLIBC_2.34' not found (required by" },
      'this system is older than Electron needs (GLIBC_2.34 is missing)',
    ],
    [
      'the sandbox’s helper has no rights',
      {
        signal: 'SIGTRAP',
        words:
          '[1:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.',
      },
      'Chromium’s sandbox is not allowed on this system',
    ],
    [
      'there are no user namespaces',
      {
        code: 133,
        words: '[1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are',
      },
      'Chromium’s sandbox is not allowed on this system',
    ],
    [
      'it is root’s',
      { code: 1, words: 'Running as root without --no-sandbox is not supported.' },
      'Chromium’s sandbox does not work for root',
    ],
    [
      'X is not there',
      { code: 1, words: '[1:ERROR:ozone_platform_x11.cc(254)] Missing X server or $DISPLAY' },
      'its display cannot be reached',
    ],
    [
      'Wayland is not there',
      { code: 1, words: 'Failed to connect to Wayland display: No such file or directory' },
      'its display cannot be reached',
    ],
    ['it is another machine’s', { code: 2, words: 'electron: 1: Syntax error' }, 'another kind'],
    ['it crashed', { signal: 'SIGSEGV' }, 'Electron crashed (SIGSEGV)'],
    ['a shell says that it crashed', { code: 139 }, 'Electron crashed (SIGSEGV)'],
    ['something was not found', { code: 127 }, 'misses something it needs'],
    ['nobody knows', { code: 1 }, 'ended before it showed one (exit code 1)'],
  ])('%s', (_what, death, why) => {
    expect(died(death)).toContain(why);
  });

  it.each([
    ['EACCES', 'may not be executed'],
    ['ENOEXEC', 'another kind of machine'],
    ['ENOENT', 'is not there'],
    ['EAGAIN', 'could not be started (resource'],
  ])('the system says %s', (code, why) => {
    const error = Object.assign(new Error('resource temporarily unavailable'), { code });
    expect(died({ error })).toContain(why);
  });
});
