import { describe, expect, it } from 'vitest';
import { THUMBNAIL_ROUTE, thumbnailId, thumbnailPath } from '../../../shared/captures.ts';

describe('addresses of thumbnails', () => {
  it.each(['2026-11-21', 'a b', 'ümlaut', '../x', 'a/b', '%'])('name the capture %j', (id) => {
    expect(thumbnailId(new URL(thumbnailPath(id), 'http://localhost').pathname)).toBe(id);
  });

  it('follow the one route', () => {
    expect(thumbnailPath('c1')).toBe(THUMBNAIL_ROUTE.replace(':id', 'c1'));
  });

  it.each([
    '/captures//thumbnail.jpg',
    '/captures/a/b/thumbnail.jpg',
    '/captures/a',
    '/',
    '/captures/%ff/thumbnail.jpg',
    '/captures/thumbnail.jpg',
    `/captures/${'a'.repeat(385)}/thumbnail.jpg`,
  ])('are not: %s', (pathname) => expect(thumbnailId(pathname)).toBeNull());
});
