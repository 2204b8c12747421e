import { describe, expect, it } from 'vitest';
import { resolveHost } from '../../../../../electron/sources/tello/network/resolve-host.ts';

const NEVER = new AbortController().signal;
const asked: string[] = [];
const answering = (address: string) => ({
  lookUp: async (name: string) => {
    asked.push(name);
    return address;
  },
});
const failing = (code: string) => ({
  lookUp: () => Promise.reject(Object.assign(new Error(code), { code })),
});

describe('the address of a host', () => {
  it('is an address itself, unasked', async () => {
    expect(await resolveHost('192.168.10.1', NEVER, answering('10.0.0.1'))).toBe('192.168.10.1');
    expect(asked).toEqual([]);
  });

  it.each(['127.0.0.010', '0x7f.1', '2130706433', '127.1', '0.0.0.0', '255.255.255.255'])(
    '%s is refused, and no system is asked what it may mean',
    async (host) => {
      await expect(resolveHost(host, NEVER, answering('127.0.0.1'))).rejects.toMatchObject({
        code: 'bad-request',
        message: expect.stringMatching(/^[A-Z0-9].*\.$/),
      });
      expect(asked).toEqual([]);
    },
  );

  it('is looked up for a name', async () => {
    expect(await resolveHost('drone.local', NEVER, answering('10.0.0.7'))).toBe('10.0.0.7');
    expect(asked.splice(0)).toEqual(['drone.local']);
  });

  it.each([
    ['ENOTFOUND', 'No address is known for “drone.local”.'],
    ['EAI_AGAIN', '“drone.local” could not be looked up: no name server answers.'],
  ])('says why there is none (%s)', async (code, message) => {
    await expect(resolveHost('drone.local', NEVER, failing(code))).rejects.toMatchObject({
      code: 'network-unreachable',
      message,
    });
  });

  it('is not this computer’s because a filter says 0.0.0.0', async () => {
    await expect(resolveHost('drone.local', NEVER, answering('0.0.0.0'))).rejects.toMatchObject({
      code: 'network-unreachable',
      message: expect.stringContaining('0.0.0.0'),
    });
  });

  it('is not waited for without end, nor after it is wanted no more', async () => {
    const hanging = { lookUp: () => new Promise<string>(() => undefined), timeoutMs: 30 };
    await expect(resolveHost('drone.local', NEVER, hanging)).rejects.toMatchObject({
      code: 'network-unreachable',
      message: expect.stringContaining('0.03 s'),
    });
    const abort = new AbortController();
    const looking = resolveHost('drone.local', abort.signal, { ...hanging, timeoutMs: 60_000 });
    abort.abort();
    await expect(looking).rejects.toMatchObject({ code: 'cancelled' });
  });
});
