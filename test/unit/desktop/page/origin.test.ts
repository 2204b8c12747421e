import { describe, expect, it } from 'vitest';
import { isAppPage, isAppUrl } from '../../../../electron/desktop/page/origin.ts';
import { isAllowedLink, LICENCE_URL } from '../../../../electron/desktop/security/allowed-links.ts';
import { isLocal } from '../../../../electron/desktop/security/network-guard.ts';

const impostors = [
  'app://hoverdeck.example.org/',
  'app://hoverdeck@example.org/',
  'app://user@hoverdeck/',
  'app://user:secret@hoverdeck/',
  'app://hoverdeck:8080/',
  'app://HOVERDECK/',
  'app://example.org/hoverdeck/',
  'http://hoverdeck/',
  'https://hoverdeck/',
  'apps://hoverdeck/',
  'app:hoverdeck',
  'file:///hoverdeck',
  'data:text/html,app://hoverdeck/',
  'javascript:0//app://hoverdeck/',
  'hoverdeck',
  '',
];

describe('addresses', () => {
  it.each(['app://hoverdeck/', 'app://hoverdeck', 'app://hoverdeck/page.js?x#y'])(
    'of the app: %s',
    (address) => expect(isAppUrl(address)).toBe(true),
  );

  it.each(impostors)('of somebody else: %j', (address) => {
    expect(isAppUrl(address)).toBe(false);
    expect(isAppPage(address)).toBe(false);
    expect(isLocal(address)).toBe(false);
  });

  it('of the page are those of the app that load it again', () => {
    expect(isAppPage('app://hoverdeck/')).toBe(true);
    expect(isAppPage('app://hoverdeck/#captures')).toBe(true);
    expect(isAppPage('app://hoverdeck/index.html')).toBe(false);
    expect(isAppPage('app://hoverdeck/worker.js')).toBe(false);
  });

  it('are local when the app itself made the content', () => {
    expect(isLocal('blob:app://hoverdeck/0d5c')).toBe(true);
    expect(isLocal('blob:https://example.org/0d5c')).toBe(false);
    expect(isLocal('devtools://devtools/bundled/inspector.html')).toBe(true);
    expect(isLocal('ws://127.0.0.1:8788/frames')).toBe(false);
  });
});

describe('links to the outside', () => {
  it('are compared whole', () => {
    expect(isAllowedLink(LICENCE_URL)).toBe(true);
    const near = [`${LICENCE_URL}#`, `${LICENCE_URL}/`, LICENCE_URL.replace('https', 'http')];
    for (const address of [...near, LICENCE_URL.toUpperCase(), `${LICENCE_URL} `, '']) {
      expect(isAllowedLink(address), address).toBe(false);
    }
  });
});
