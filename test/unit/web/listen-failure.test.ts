import { describe, expect, it } from 'vitest';
import { listenFailure } from '../../../electron/web/listen-failure.ts';

const failure = (code: string, port: number) =>
  listenFailure(Object.assign(new Error(code), { code }), port).toFailure();

describe('wrong words: why the server cannot listen', () => {
  it.each([
    ['EADDRINUSE', 'port-in-use', 'in use by another program'],
    ['EACCES', 'unsupported', 'low ports are its administrator’s'],
    ['EMFILE', 'internal', 'no further sockets'],
    ['ENFILE', 'internal', 'no further sockets'],
    ['EADDRNOTAVAIL', 'internal', 'Cannot listen on 127.0.0.1:80'],
  ])('%s has words of its own, and something to do', (system, code, words) => {
    expect(failure(system, 80)).toMatchObject({
      code,
      message: expect.stringContaining(words),
      tip: expect.stringMatching(/\S/),
    });
  });
});
