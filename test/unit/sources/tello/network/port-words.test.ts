import { describe, expect, it } from 'vitest';
import { explainBindError } from '../../../../../electron/sources/tello/network/udp-socket.ts';

const failed = (code: string) => Object.assign(new Error(`bind ${code}`), { code });

describe('wrong words', () => {
  it('has words of its own for a computer without a free port', async () => {
    expect(await explainBindError(failed('EADDRINUSE'), 'video', 0)).toMatchObject({
      code: 'system-limit',
      message: 'This computer has no free UDP port left.',
    });
  });

  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])(
    'blames no program for a limit of the system (%s)',
    async (code) => {
      const error = await explainBindError(failed(code), 'state', 8890);
      expect(error).toMatchObject({ code: 'system-limit', tip: expect.stringContaining('ulimit') });
      expect(error.message).not.toMatch(/port/i);
    },
  );

  it.each(['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'EINVAL', 'EMFILE', 'ENOPROTOOPT'])(
    'never names port 0 (%s)',
    async (code) => {
      const error = await explainBindError(failed(code), 'command', 0);
      expect(`${error.message} ${error.tip}`).not.toMatch(/port 0/i);
      expect(error.message).toMatch(/^[A-Z].*\.$/);
    },
  );
});
