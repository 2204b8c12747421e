import { beforeEach, describe, expect, it } from 'vitest';
import { defaultTimings } from '../../../../../electron/sources/tello/timings.ts';
import { VideoWatch } from '../../../../../electron/sources/tello/video/video-watch.ts';

describe('the watch over the video', () => {
  let watch: VideoWatch;
  beforeEach(() => {
    watch = new VideoWatch(defaultTimings);
    watch.start(10_000);
  });

  it('waits three seconds for the first datagram', () => {
    expect(watch.judge(12_999)).toBe('waiting-for-video');
    expect(watch.judge(13_000)).toBe('no-video');
  });

  it('waits three seconds for a keyframe while datagrams come', () => {
    for (let ms = 11_000; ms <= 14_000; ms += 10) watch.datagram(ms);
    expect(watch.judge(13_999)).toBe('waiting-for-keyframe');
    expect(watch.judge(14_000)).toBe('no-keyframe');
    watch.unit(14_001);
    expect(watch.judge(14_001)).toBe('streaming');
  });

  it('sees silence after two seconds, and the return only with a unit', () => {
    watch.datagram(11_000);
    watch.unit(11_000);
    expect(watch.judge(12_999)).toBe('streaming');
    expect(watch.judge(13_000)).toBe('silent');
    watch.datagram(14_000);
    expect(watch.judge(14_000)).toBe('waiting-for-keyframe');
    watch.unit(14_500);
    expect(watch.judge(14_500)).toBe('streaming');
  });

  it('sees a stream that can no longer be decoded', () => {
    watch.datagram(11_000);
    watch.unit(11_000);
    for (let ms = 11_000; ms <= 14_000; ms += 10) watch.datagram(ms);
    expect(watch.judge(13_999)).toBe('streaming');
    expect(watch.judge(14_000)).toBe('no-keyframe');
  });
});
