import { describe, expect, it } from 'vitest';
import {
  isOwnHost,
  isOwnOrigin,
  ownSocketUrls,
  ownUrl,
} from '../../../electron/web/own-address.ts';

describe('addresses compared as addresses', () => {
  it.each([
    ['127.0.0.1', 80],
    ['localhost', 80],
    ['LOCALHOST:80', 80],
    ['[::1]', 80],
    ['localhost:8788', 8_788],
    ['LocalHost.:8788', 8_788],
    ['127.0.0.1.:8788', 8_788],
    ['[::1]:8788', 8_788],
    ['[0:0:0:0:0:0:0:1]:8788', 8_788],
    ['127.0.0.1:08788', 8_788],
  ])('host %s is ours on port %i', (host, port) => {
    expect(isOwnHost(host, port)).toBe(true);
    expect(isOwnOrigin(`http://${host}`, port)).toBe(true);
    expect(isOwnOrigin(`HTTP://${host}`, port)).toBe(true);
  });

  it.each([
    ['', 80],
    ['127.0.0.1', 8_788],
    ['127.0.0.1:80', 8_788],
    ['127.0.0.1:8788', 80],
    ['evil.example:8788', 8_788],
    ['localhost.evil.example:8788', 8_788],
    ['localhost..:8788', 8_788],
    ['127.0.0.1.evil.example:8788', 8_788],
    ['127.0.0.2:8788', 8_788],
    ['[::]:8788', 8_788],
    ['[::ffff:127.0.0.1]:8788', 8_788],
    ['[::1', 80],
    ['user@localhost:8788', 8_788],
    ['evil.example#@localhost:8788', 8_788],
    ['localhost:8788/evil', 8_788],
    ['%6cocalhost:8788', 8_788],
    ['local\thost:8788', 8_788],
    ['localhost:8788, evil.example', 8_788],
    ['localhost:99999', 8_788],
  ])('host %j is not ours on port %i', (host, port) => {
    expect(isOwnHost(host, port)).toBe(false);
    expect(isOwnOrigin(`http://${host}`, port)).toBe(false);
  });

  it.each(['null', '', 'https://localhost', 'http:localhost', 'ws://localhost', 'localhost'])(
    'origin %j is not ours',
    (origin) => expect(isOwnOrigin(origin, 80)).toBe(false),
  );

  it('are told as a browser writes them', () => {
    expect(ownUrl(80)).toBe('http://127.0.0.1');
    expect(ownUrl(8_788)).toBe('http://127.0.0.1:8788');
    expect(ownSocketUrls(80)).toEqual(['ws://127.0.0.1', 'ws://localhost']);
    expect(ownSocketUrls(8_788)).toEqual(['ws://127.0.0.1:8788', 'ws://localhost:8788']);
  });
});
