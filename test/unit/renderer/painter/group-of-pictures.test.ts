import { describe, expect, it } from 'vitest';
import { GroupOfPictures } from '../../../../renderer/painter/group-of-pictures.ts';
import type { StationMessage } from '../../../../shared/frames.ts';

type Unit = Extract<StationMessage, { type: 'frame' }>;

const unit = (seq: number, keyframe = false, bytes = 4): Unit => ({
  type: 'frame',
  generation: 1,
  seq,
  keyframe,
  catchUp: false,
  madeUp: false,
  capturedAtUs: 0,
  data: new Uint8Array(bytes),
});
const seqs = (group: GroupOfPictures) => group.units().map((each) => each.seq);

describe('the painter’s group of pictures', () => {
  it('begins with each keyframe and takes nothing before the first', () => {
    const group = new GroupOfPictures();
    expect(group.add(unit(0))).toBe(false);
    expect(group.add(unit(1, true))).toBe(true);
    expect(group.add(unit(2))).toBe(true);
    expect(group.add(unit(3, true))).toBe(true);
    expect(seqs(group)).toEqual([3]);
  });

  it('gives up a bad unit, and everything when it was the keyframe', () => {
    const group = new GroupOfPictures();
    for (const each of [unit(1, true), unit(2), unit(3)]) group.add(each);
    group.remove(2);
    group.remove(99);
    expect(seqs(group)).toEqual([1, 3]);
    group.remove(1);
    expect(seqs(group)).toEqual([]);
    expect(group.add(unit(4))).toBe(false);
  });

  it('is bounded in units and in bytes, and what outgrows it can still be decoded', () => {
    const group = new GroupOfPictures();
    group.add(unit(0, true));
    for (let seq = 1; seq < 1_000; seq++) expect(group.add(unit(seq))).toBe(true);
    expect(seqs(group)).toEqual([]);
    group.add(unit(1_000, true, 10 * 1024 * 1024));
    expect(group.add(unit(1_001, false, 10 * 1024 * 1024))).toBe(true);
    expect(seqs(group)).toEqual([]);
  });
});
