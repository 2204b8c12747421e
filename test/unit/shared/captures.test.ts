import { describe, expect, it } from 'vitest';
import {
  PICTURE_ROUTE,
  pictureId,
  picturePath,
  THUMBNAIL_ROUTE,
  thumbnailId,
  thumbnailPath,
} from '../../../shared/captures.ts';

describe('addresses of captures', () => {
  it.each(['2026-11-21', 'a b', 'ümlaut', '../x', 'a/b', '%'])('name the capture %j', (id) => {
    expect(thumbnailId(new URL(thumbnailPath(id), 'http://localhost').pathname)).toBe(id);
    expect(pictureId(new URL(picturePath(id), 'http://localhost').pathname)).toBe(id);
  });

  it('follow the one route each', () => {
    expect(picturePath('c1')).toBe(PICTURE_ROUTE.replace(':id', 'c1'));
    expect(pictureId(thumbnailPath('c1'))).toBeNull();
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
