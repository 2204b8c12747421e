import { describe, expect, it } from 'vitest';
import { wholePicture } from '../../../electron/library/whole-picture.ts';
import { someFrame } from '../../support/scripted-source.ts';

/** A group at 30 frames a second; `x` is a damaged frame. */
function groupOf(pattern: string) {
  return [...pattern].map((letter, seq) => ({
    ...someFrame({ keyframe: seq === 0, whole: letter !== 'x', capturedAtUs: seq * 33_333 }),
    generation: 1,
    seq,
  }));
}

describe('the picture to keep', () => {
  it.each([
    ['the newest where it is whole', 'oxxo', 3, false],
    [
      'a whole one of half a second ago rather than a damaged newest',
      'oooxxxxxxxxxxxxxx',
      2,
      false,
    ],
    ['the newest, and says so, where none was whole for longer', `o${'x'.repeat(16)}`, 16, true],
  ])('is %s', (_what, pattern, seq, damaged) => {
    const picture = wholePicture(groupOf(pattern));
    expect(picture.group.at(-1)?.seq).toBe(seq);
    expect(picture.group[0]?.keyframe, 'it begins with the keyframe').toBe(true);
    expect(picture.damaged).toBe(damaged);
  });

  it('of an empty group is none', () => {
    expect(wholePicture([])).toEqual({ group: [], damaged: false });
  });
});
