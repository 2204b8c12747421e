import { expect, it } from 'vitest';
import { pageHeaders } from '../../../electron/base/page-headers.ts';

it('allows the app’s own files, and nothing inline, evaluated, framed or from elsewhere', () => {
  const directives = Object.fromEntries(
    (pageHeaders()['Content-Security-Policy'] ?? '').split('; ').map((text) => {
      const [name = '', ...values] = text.split(' ');
      return [name, values];
    }),
  );
  expect(directives['default-src']).toEqual(["'none'"]);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
    expect(directives[name], name).toEqual(["'none'"]);
  }
  const sources = new Set(Object.values(directives).flat());
  expect([...sources].sort()).toEqual(["'none'", "'self'", 'blob:']);
  expect(directives['script-src']).toEqual(["'self'"]);
});

it('names the sockets of the page’s own server, and no other', () => {
  const policy = pageHeaders(['ws://127.0.0.1:1'])['Content-Security-Policy'];
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;");
});
