import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startShareServer } from '../../../electron/web/server.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { useWebServer } from '../../support/web-server.ts';

describe('addresses compared as text: our own, in another spelling,', () => {
  assertNoLeaks();
  const web = useWebServer();

  it.each([
    ['in capitals', { host: 'LOCALHOST:PORT', origin: 'http://LocalHost:PORT' }],
    ['with the root’s dot', { host: 'localhost.:PORT', origin: 'http://localhost.:PORT' }],
    ['of IPv6', { host: '[::1]:PORT', origin: 'http://[::1]:PORT' }],
  ])('%s is let in on every door', async (_what, spelled) => {
    const headers = Object.fromEntries(
      Object.entries(spelled).map(([name, value]) => [
        name,
        value.replace('PORT', String(web.port)),
      ]),
    );
    expect((await web.get('/', headers)).status).toBe(200);
    expect((await web.get('/api/status', headers)).status).toBe(200);
    for (const path of ['/ws', '/frames']) (await web.openSocket(path, headers)).close();
  });

  it('names an address that works to who is turned away', async () => {
    const refused = await web.get('/', { host: 'evil.example' });
    const tip: string = JSON.parse(refused.body).error.tip;
    const [address = ''] = /http:\S+/.exec(tip) ?? [];
    expect((await fetch(address)).status).toBe(200);
  });

  it('is let in on HTTP’s own port, which browsers leave out', async ({ skip }) => {
    const { station, log, folder } = web.station;
    const starting = startShareServer({ station, log, port: 80, rendererFolder: `${folder}/page` });
    const server = await starting.catch(() => null);
    if (server === null) skip('port 80 is not to be had here');
    try {
      const status = await new Promise((resolve, reject) => {
        const headers = { host: '127.0.0.1', origin: 'http://127.0.0.1' };
        request({ host: '127.0.0.1', port: 80, path: '/api/status', headers, agent: false })
          .on('response', (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end();
      });
      expect(status).toBe(200);
      expect(server?.url).toBe('http://127.0.0.1');
    } finally {
      await server?.dispose();
    }
  });
});
