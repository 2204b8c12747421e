import { describe, expect, it } from 'vitest';
import { parsePicturesDir } from '../../../electron/base/user-folders.ts';

describe('the name of the user’s pictures', () => {
  it.each([
    ['below the home', 'XDG_PICTURES_DIR="$HOME/Bilder"', '/home/me/Bilder'],
    ['anywhere', 'XDG_PICTURES_DIR="/data/Fotos"', '/data/Fotos'],
    ['with blanks around', '  XDG_PICTURES_DIR = "$HOME/Bilder"  ', '/home/me/Bilder'],
    [
      'among others',
      'XDG_DESKTOP_DIR="$HOME/x"\nXDG_PICTURES_DIR="$HOME/Bilder"\n',
      '/home/me/Bilder',
    ],
    [
      'quoted as in a shell',
      'XDG_PICTURES_DIR="$HOME/Meine \\"Bilder\\" \\$"',
      '/home/me/Meine "Bilder" $',
    ],
    ['beyond ASCII', 'XDG_PICTURES_DIR="$HOME/Зображення"', '/home/me/Зображення'],
    ['the home itself, where there is none', 'XDG_PICTURES_DIR="$HOME/"', '/home/me/'],
    ['said twice', 'XDG_PICTURES_DIR="/a"\nXDG_PICTURES_DIR="/b"', '/b'],
  ])('is read %s', (_what, text, folder) => {
    expect(parsePicturesDir(text, '/home/me')).toBe(folder);
  });

  it.each([
    ['', 'nothing'],
    ['# XDG_PICTURES_DIR="$HOME/Bilder"', 'a comment'],
    ['XDG_PICTURES_DIR=$HOME/Bilder', 'no quotes'],
    ['XDG_PICTURES_DIR="Bilder"', 'a relative path'],
    ['XDG_PICTURES_DIR="$HOMER/Bilder"', 'another variable'],
    ['XDG_PICTURES_DIR="$HOME/Bilder', 'no end'],
    ['MY_XDG_PICTURES_DIR="/a"', 'another name'],
    ['XDG_PICTURES_DIR=""', 'an empty path'],
  ])('%j says nothing (%s)', (text) => {
    expect(parsePicturesDir(text, '/home/me')).toBeNull();
  });
});
