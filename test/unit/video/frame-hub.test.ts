import { beforeEach, describe, expect, it } from 'vitest';
import { takeCachedGroup } from '../../../electron/video/cached-group.ts';
import type { Consumer } from '../../../electron/video/consumer.ts';
import type { Frame } from '../../../electron/video/frame-cache.ts';
import { FrameHub } from '../../../electron/video/frame-hub.ts';
import { someFrame } from '../../support/scripted-source.ts';

let hub: FrameHub;
let reports: string[];
let seq: number;

beforeEach(() => {
  reports = [];
  hub = new FrameHub((what) => reports.push(what));
  seq = 0;
});

function push(part: Parameters<typeof someFrame>[0] = {}, generation = 1) {
  hub.publish({ ...someFrame(part), generation, seq: seq++ });
}

/** What a recording is to the hub: it writes what it gets, and answers nothing. */
class Recorder implements Consumer {
  readonly name = 'recording';
  readonly kind = 'recording';
  readonly credit = null;
  readonly startsAt = 'cached-group';
  readonly takes: number[][] = [[]];

  take(frame: Frame): void {
    this.takes.at(-1)?.push(frame.seq);
  }

  end(): void {
    this.takes.push([]);
  }
}

describe('the hub', () => {
  it('is wide enough for a recorder: every frame from the cached group on, in order', () => {
    push({ keyframe: true });
    push();
    const recorder = new Recorder();
    const subscribed = hub.subscribe(recorder);
    for (let i = 0; i < 40; i++) push({ keyframe: i % 10 === 0 });
    hub.end(1);
    push({}, 2);
    push({ keyframe: true }, 2);
    subscribed.close();
    push({}, 2);
    expect(recorder.takes).toEqual([[...Array(42).keys()], [43]]);
  });

  it('lists its consumers by name, each with what it missed', () => {
    hub.subscribe(new Recorder());
    const subscribed = hub.subscribe({
      name: 'slow',
      kind: 'share',
      credit: { h264: 2, jpeg: 1 },
      startsAt: 'next-keyframe',
      take: () => undefined,
    });
    push();
    push({ keyframe: true });
    for (let i = 0; i < 5; i++) push();
    expect(hub.status()).toMatchObject([
      { name: 'recording', kind: 'recording', framesGiven: 6, framesDropped: 1 },
      { name: 'slow', kind: 'share', framesGiven: 2, framesDropped: 5 },
    ]);
    expect(subscribed.settle(1, 99), 'what was never given cannot be settled').toBe(false);
    expect(subscribed.settle(1, 2)).toBe(true);
    expect(hub.status()[1]).toMatchObject({ framesGiven: 6, framesDropped: 4 });
  });

  it('that has a picture shows it to whoever asks once, and keeps no trace of the asking', () => {
    expect(takeCachedGroup(hub, 'photo')).toEqual([]);
    push({ keyframe: true });
    push();
    expect(takeCachedGroup(hub, 'photo').map((frame) => frame.seq)).toEqual([0, 1]);
    expect(hub.status()).toEqual([]);
  });

  it('begins with the next keyframe for one that wants no cached group', () => {
    push({ keyframe: true });
    push();
    const given: number[] = [];
    hub.subscribe({
      name: 'late',
      kind: 'share',
      credit: { h264: 8, jpeg: 2 },
      startsAt: 'next-keyframe',
      take: (frame) => void given.push(frame.seq),
    });
    push();
    push({ keyframe: true });
    expect(given).toEqual([3]);
  });

  it('closes a consumer that throws, says so, and the others go on', () => {
    const recorder = new Recorder();
    hub.subscribe({
      ...recorder,
      name: 'broken',
      startsAt: 'next-keyframe',
      take: () => {
        throw new Error('the disk is on fire');
      },
    });
    hub.subscribe(recorder);
    push({ keyframe: true });
    push();
    expect(recorder.takes).toEqual([[0, 1]]);
    expect(reports).toEqual(['The consumer “broken” failed and gets no more frames']);
    expect(hub.status().map((consumer) => consumer.name)).toEqual(['recording']);
  });
});
