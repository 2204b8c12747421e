import { describe, expect, it } from 'vitest';
import { itemOfFile, splitName } from '../../../../electron/library/items/item-of-file.ts';
import { checkNewName } from '../../../../electron/library/items/new-name.ts';

describe('a file of the library', () => {
  it('has the time of its name where that is ours, else of its last change', () => {
    const at = new Date(2026, 10, 21, 14, 3, 22, 481).getTime();
    expect(itemOfFile('2026-11-21 14.03.22.481 Tello 000123.jpg', 1, 5)).toMatchObject({
      kind: 'photo',
      takenAtMs: at,
      day: '2026-11-21',
    });
    expect(itemOfFile('holiday.JPG', 1, at)).toMatchObject({ takenAtMs: at, day: '2026-11-21' });
  });

  it.each([
    ['a.mp4', 'film'],
    ['a.mov', 'film'],
    ['a.PNG', 'photo'],
    ['a.flight.jsonl', 'flight'],
  ])('%s is a %s', (name, kind) => expect(itemOfFile(name, 0, 0)?.kind).toBe(kind));

  it.each([
    '.hidden.jpg',
    '.jpg',
    'a.txt',
    'a.jsonl',
    'a.jpg.exe',
    '2026-11-21 14.03.22.481 Tello.recording.mp4',
    '.2026-11-21 14.03.22.481 Tello.mending.mp4',
  ])('%s is none', (name) => expect(itemOfFile(name, 0, 0)).toBeNull());

  it.each([
    'x/../../y.jpg',
    'a\nb.jpg',
    '📷.jpg',
    `${'x'.repeat(300)}.jpg`,
    '\ud800.jpg',
    'NUL.jpg',
  ])('called %j has an id of harmless letters', (name) =>
    expect(itemOfFile(name, 0, 0)?.id).toMatch(/^[A-Za-z0-9_-]{22}$/),
  );

  it('keeps the spelling of its ending', () => {
    expect(splitName('Flug.JPeG')).toEqual({ base: 'Flug', ending: '.JPeG' });
    expect(splitName('f.flight.jsonl')).toEqual({ base: 'f', ending: '.flight.jsonl' });
  });
});

describe('a new name', () => {
  it.each([
    'Flug über den See',
    '2026-11-21 14.03',
    '飛行 📷',
    'a.b',
    'con fusion',
    'x'.repeat(200),
  ])('may be %j', (name) => expect(() => checkNewName(name)).not.toThrow());

  it.each([
    '',
    '   ',
    '.',
    '..',
    '../up',
    'a/b',
    'a\\b',
    'C:',
    '.hidden',
    'a ',
    ' a',
    'a.',
    'a\nb',
    'a\0b',
    'a\u007fb',
    '\ud800',
    'CON',
    'nul',
    'LPT1',
    'com1.tar',
    'a*?',
    '"a"',
    'x'.repeat(201),
    'é'.repeat(101),
  ])('may not be %j', (name) => {
    expect(() => checkNewName(name)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});
