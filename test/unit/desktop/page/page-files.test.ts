import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolvePageFile } from '../../../../electron/desktop/page/page-files.ts';

const folder = join('/', 'opt', 'app', 'renderer');

describe('files of the page', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/index-B9BoLnNv.js', 'assets/index-B9BoLnNv.js', 'text/javascript; charset=utf-8'],
    ['/favicon.svg', 'favicon.svg', 'image/svg+xml'],
    ['/assets/a_b.min.CSS', 'assets/a_b.min.CSS', 'text/css; charset=utf-8'],
  ])('%s', (pathname, path, mediaType) => {
    expect(resolvePageFile(folder, pathname)).toEqual({ path: join(folder, path), mediaType });
  });

  it.each([
    '/../main.js',
    '/..',
    '/assets/../../main.js',
    '/%2e%2e/main.js',
    '/..%2fmain.js',
    '/..\\main.js',
    '/c:/windows/win.ini',
    '//server/share.js',
    '/.env.js',
    '/assets/.hidden.css',
    '/page.js\0.html',
    '/page.js/',
    '/~root/page.js',
    '/page',
    '/page.exe',
    '/page.html::$DATA',
    '',
  ])('are not found at %j', (pathname) => {
    expect(resolvePageFile(folder, pathname)).toBeNull();
  });
});
