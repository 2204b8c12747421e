import { describe, expect, it } from 'vitest';
import { createMetersStore, takeMeters } from '../../../../renderer/live/meters-store.ts';
import { drawsTooFew, looksSame, pictureState } from '../../../../renderer/live/picture-state.ts';
import { sampleMeters } from '../../../support/sample-meters.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const last = { generation: 3, capturedAtMs: 10_000 };

describe('picture state', () => {
  it('is live up to two seconds, and old from then on', () => {
    expect(pictureState(sampleStatus(), last, 12_000).kind).toBe('live');
    expect(pictureState(sampleStatus(), last, 12_001)).toEqual({ kind: 'stale', ageMs: 2_001 });
  });

  it('is old at once when the station no longer says live', () => {
    const status = sampleStatus({ state: 'reconnecting' });
    expect(pictureState(status, last, 10_100)).toEqual({ kind: 'stale', ageMs: 100 });
  });

  it('is none while idle, unknown, or with a picture of another session', () => {
    expect(pictureState(null, last, 10_100).kind).toBe('none');
    expect(pictureState(sampleStatus({ state: 'idle' }), last, 10_100).kind).toBe('none');
    expect(pictureState(sampleStatus({ generation: 4 }), last, 10_100).kind).toBe('none');
    expect(pictureState(sampleStatus(), null, 10_100).kind).toBe('none');
  });

  it('looks different once a second', () => {
    const stale = (ageMs: number) => ({ kind: 'stale', ageMs }) as const;
    expect(looksSame(stale(4_100), stale(4_900))).toBe(true);
    expect(looksSame(stale(4_900), stale(5_000))).toBe(false);
    expect(looksSame({ kind: 'live' }, stale(2_100))).toBe(false);
  });
});

describe('the pace of this page', () => {
  const pace = (fps: number, framesDrawn = 300) => ({ generation: 3, fps, framesDrawn });
  const arriving = (fps: number) => {
    const { video } = sampleStatus();
    return sampleStatus({ video: video && { ...video, fps } });
  };

  it('is too slow below twenty a second, where clearly more arrive', () => {
    expect(drawsTooFew(arriving(30), pace(20))).toBe(false);
    expect(drawsTooFew(arriving(30), pace(19))).toBe(true);
    expect(drawsTooFew(arriving(15), pace(13))).toBe(false);
    expect(drawsTooFew(arriving(15), pace(9))).toBe(true);
  });

  it('is not judged before it had its time, nor by another session', () => {
    expect(drawsTooFew(arriving(30), pace(12, 59))).toBe(false);
    expect(drawsTooFew(arriving(30), { ...pace(12), generation: 2 })).toBe(false);
    expect(drawsTooFew(arriving(30), null)).toBe(false);
    expect(drawsTooFew(null, pace(12))).toBe(false);
  });
});

describe('meters store', () => {
  it('remembers the last picture when a new link or painter starts at none', () => {
    const store = createMetersStore();
    takeMeters(store, sampleMeters({ generation: 3, pictureAgeMs: 40 }), 5_000);
    takeMeters(store, sampleMeters({ generation: -1, pictureAgeMs: null }), 6_000);
    expect(store.getState().lastPicture).toEqual({ generation: 3, capturedAtMs: 4_960 });
    expect(store.getState().newest?.generation).toBe(-1);
  });

  it('tells those who subscribed, until they leave', () => {
    const store = createMetersStore();
    let calls = 0;
    const leave = store.subscribe(() => calls++);
    takeMeters(store, sampleMeters(), 0);
    leave();
    takeMeters(store, sampleMeters(), 0);
    expect(calls).toBe(1);
  });
});
