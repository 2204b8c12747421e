import { extname, join } from 'node:path';

/** Whatever a build of the page can contain. An unknown ending is not served at all. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * One part of a path. A list of what is allowed instead of what is not: no dot files, no `..`, no
 * backslash, drive letter, escape or NUL, on any platform.
 */
const segmentPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

export type PageFile = { path: string; mediaType: string };

/** The file behind an address of the page, or null where there can be none. Touches no disk. */
export function resolvePageFile(rendererFolder: string, pathname: string): PageFile | null {
  const segments = pathname === '/' ? ['index.html'] : pathname.slice(1).split('/');
  if (!segments.every((segment) => segmentPattern.test(segment))) return null;
  const mediaType = mediaTypes[extname(segments.at(-1) ?? '').toLowerCase()];
  if (mediaType === undefined) return null;
  return { path: join(rendererFolder, ...segments), mediaType };
}
