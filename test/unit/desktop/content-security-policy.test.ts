import { expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../electron/desktop/content-security-policy.ts';

it('allows the app’s own files, and nothing inline, evaluated, framed or from elsewhere', () => {
  const directives = Object.fromEntries(
    contentSecurityPolicy.split('; ').map((text) => {
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
