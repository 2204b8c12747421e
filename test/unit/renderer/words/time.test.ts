import { expect, it } from 'vitest';
import { spokenDuration } from '../../../../renderer/words/time.ts';

it('durations are told in words that fit', () => {
  expect(spokenDuration(4_999)).toBe('4 s');
  expect(spokenDuration(119_000)).toBe('119 s');
  expect(spokenDuration(185_000)).toBe('3 min');
});
