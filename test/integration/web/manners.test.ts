import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { assertNoLeaks } from '../../support/leaks.ts';
import { useWebServer } from '../../support/web-server.ts';

/** Everything the server says until it closes the connection. */
const said = (socket: Socket) =>
  new Promise<string>((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.once('close', () => resolve(text));
  });

describe('manners: an offer of another protocol', () => {
  assertNoLeaks();
  const web = useWebServer();
  const H2C =
    'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n';
  const OTHER = 'Connection: Upgrade\r\nUpgrade: TLS/1.3, something\r\n';

  it.each([
    ['of HTTP/2 (curl --http2)', H2C],
    ['of anything else', OTHER],
  ])('%s is declined, and the request answered', async (_what, offer) => {
    const socket = await web.openTcp();
    const text = said(socket);
    const host = `Host: 127.0.0.1:${web.port}\r\n`;
    const body = '{}';
    socket.write(`GET /api/status HTTP/1.1\r\n${host}${offer}\r\n`);
    socket.write(
      `POST /api/request/status.get HTTP/1.1\r\n${host}${offer}Content-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.write(`GET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
    const answers = (await text).split(/(?=HTTP\/1\.1 \d)/);
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(Array(3).fill('HTTP/1.1 200'));
    expect(answers[0]).toContain('"state":"idle"');
    expect(answers[1]).toContain('"ok":true');
    expect(answers[0]?.toLowerCase()).toContain('content-security-policy');
  });

  it('opens no way around the guard', async () => {
    const socket = await web.openTcp();
    const text = said(socket);
    socket.write(`GET / HTTP/1.1\r\nHost: evil.example\r\n${H2C}\r\n`);
    socket.end();
    expect(await text).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('that cannot be HTTP at all is answered in words', async () => {
    const socket = await web.openTcp();
    const text = said(socket);
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(await text).toContain('Hoverdeck speaks HTTP/1.1');
  });
});
