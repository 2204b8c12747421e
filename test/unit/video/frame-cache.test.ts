import { describe, expect, it } from 'vitest';
import { type Frame, FrameCache } from '../../../electron/video/frame-cache.ts';
import { someFrame } from '../../support/scripted-source.ts';

let seq = 0;
const frame = (keyframe: boolean, bytes = 10): Frame => ({
  ...someFrame({ keyframe, data: new Uint8Array(bytes) }),
  generation: 1,
  seq: seq++,
});

describe('the frame cache', () => {
  it('holds every frame since the last keyframe', () => {
    const cache = new FrameCache();
    const first = [frame(true), frame(false)];
    const second = [frame(true), frame(false), frame(false)];
    for (const each of [...first, ...second]) cache.add(each);
    expect(cache.group()).toEqual(second);
    expect(cache.newest()).toBe(second[2]);
    expect(cache.bytes()).toBe(30);
  });

  it('holds nothing before the first keyframe', () => {
    const cache = new FrameCache();
    cache.add(frame(false));
    expect(cache.group()).toEqual([]);
  });

  it('gives a group up that never ends, and starts afresh with the next keyframe', () => {
    const cache = new FrameCache();
    cache.add(frame(true));
    for (let i = 0; i < 3_599; i++) cache.add(frame(false));
    expect(cache.group()).toHaveLength(3_600);
    cache.add(frame(false));
    expect(cache.group()).toEqual([]);
    expect(cache.bytes()).toBe(0);
    cache.add(frame(true));
    cache.add(frame(false));
    expect(cache.group()).toHaveLength(2);
  });

  it('is bounded in bytes', () => {
    const cache = new FrameCache();
    cache.add(frame(true, 20 * 1024 * 1024));
    cache.add(frame(false, 10 * 1024 * 1024));
    expect(cache.bytes()).toBe(0);
  });

  it('leaves a group alone that somebody took before it was cleared', () => {
    const cache = new FrameCache();
    cache.add(frame(true));
    const group = cache.group();
    cache.clear();
    expect(group).toHaveLength(1);
  });
});
