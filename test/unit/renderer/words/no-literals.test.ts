import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../../../renderer/', import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file) && !/^(words\/messages|painter)\//.test(file));

/** What a program may say to programmers, and names that are the same in every language. */
const NOT_FOR_READERS = /console\.|Error\(|^\s*(\/\/|\*|\/\*)|^import |createPart/;
const NAMES = new Set([
  'Hoverdeck',
  'Tello',
  'JPEG',
  'PNG',
  'FFmpeg',
  'OpenCV',
  'MB',
  'kB',
  'MJPEG',
]);

/** Words in a view: between tags, in an attribute that is read, or as a sentence in quotes. */
function wordsIn(line: string): string[] {
  const found = [
    ...line.matchAll(/(?<!=)>\s*([A-Z][\p{L}’' ,.:…?!-]{2,})\s*</gu),
    ...line.matchAll(
      /\b(?:label|title|caption|hint|alt|description|placeholder|aria-label)="([^"]*)"/g,
    ),
    ...line.matchAll(/'([A-Z][^']*\s[^']*)'/g),
    ...line.matchAll(/`([A-Z][^`]*\s[^`]*)`/g),
    // A line of a view that is nothing but words.
    ...line.matchAll(/^\s+([A-Z][\p{L}’ ,…-]{2,}[\p{L}.?!…])$/gu),
  ];
  return found.flatMap(([, words = '']) => (/\p{L}{2}/u.test(words) ? [words] : []));
}

describe('no view has words of its own', () => {
  it.each(files)('%s', (file) => {
    const found = readFileSync(new URL(file, root), 'utf8')
      .split('\n')
      .filter((line) => !NOT_FOR_READERS.test(line))
      .flatMap(wordsIn)
      .filter((words) => !NAMES.has(words.replace(/\$\{[^}]*\}/g, '').trim()));
    expect(found).toEqual([]);
  });

  it('and what looks like words is found', () => {
    for (const line of [
      '<p className={styles.detail}>Nothing here</p>',
      '<Button label="Close it" />',
      "title: 'No photo now'",
      'detail: `Photos go to ' + '$' + '{folder}`',
      '          Keep looking',
    ]) {
      expect(wordsIn(line), line).toHaveLength(1);
    }
  });
});
