import { describe, expect, it } from 'vitest';
import { photoFileName } from '../../../electron/library/photo-name.ts';

const at = new Date(2026, 10, 21, 4, 3, 2, 7);

describe('a photo’s name', () => {
  it('has time, source and sequence, and sorts by time', () => {
    expect(photoFileName(at, 'Simulated drone', 123, 'jpeg')).toBe(
      '2026-11-21 04.03.02.007 Simulated drone 000123.jpg',
    );
    expect(photoFileName(at, 'Tello', 1_234_567, 'png')).toBe(
      '2026-11-21 04.03.02.007 Tello 1234567.png',
    );
  });

  it.each([
    ['../../etc/passwd', 'etc passwd'],
    ['C:\\Windows\\NUL', 'C Windows NUL'],
    ['Caméra: "Été" <HD>', 'Caméra Été HD'],
    ['\0\n\t', 'camera'],
    ['', 'camera'],
    ['x'.repeat(300), 'x'.repeat(40)],
  ])('turns the source name %j into %j', (name, expected) => {
    expect(photoFileName(at, name, 0, 'jpeg')).toBe(
      `2026-11-21 04.03.02.007 ${expected} 000000.jpg`,
    );
  });
});
