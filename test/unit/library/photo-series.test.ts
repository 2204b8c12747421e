import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StationError } from '../../../electron/base/failures.ts';
import { PhotoSeries } from '../../../electron/library/photo-series.ts';
import { MAX_BURST, type Series } from '../../../shared/photo-series.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

function series(take: (nth: number) => Promise<unknown>) {
  const takenAtMs: number[] = [];
  const told: Series[] = [];
  const photos = new PhotoSeries({
    take: () => {
      takenAtMs.push(Date.now() - beganAtMs);
      return take(takenAtMs.length);
    },
    tell: (state) => told.push(state),
    report: () => undefined,
  });
  const beganAtMs = Date.now();
  return { photos, takenAtMs, told };
}
const works = async () => undefined;
const slow = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));

it('a timer takes one photo when it is time, and counts down', async () => {
  const { photos, takenAtMs, told } = series(works);
  photos.start({ kind: 'timer', seconds: 5 });
  await vi.advanceTimersByTimeAsync(4_999);
  expect(takenAtMs).toEqual([]);
  expect(told.at(-1)?.nextAtMs).toBe(Date.now() + 1);
  await vi.advanceTimersByTimeAsync(1);
  expect(takenAtMs).toEqual([5_000]);
  expect(photos.state()).toMatchObject({ running: false, taken: 1, wanted: 1, nextAtMs: null });
});

it('a burst takes ten a second at most, until it is let go', async () => {
  const { photos, takenAtMs } = series(slow(30));
  photos.start({ kind: 'burst' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(takenAtMs).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);
  const cancelled = photos.cancel();
  await vi.advanceTimersByTimeAsync(30);
  expect(await cancelled).toMatchObject({ running: false, taken: 11 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(takenAtMs).toHaveLength(11);
});

it('a burst that is never let go ends', async () => {
  const { photos, takenAtMs } = series(works);
  photos.start({ kind: 'burst' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(takenAtMs).toHaveLength(MAX_BURST);
  expect(photos.state().running).toBe(false);
});

it('slow photos do not stretch a timelapse, and never come faster than a burst', async () => {
  const { photos, takenAtMs } = series((nth) => slow(nth === 1 ? 1_450 : 10)());
  photos.start({ kind: 'timelapse', everyMs: 500, count: 5 });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(takenAtMs).toEqual([0, 1_450, 1_550, 1_650, 2_000]);
});

it('one that is missed does not end it; what will not get better does', async () => {
  const { photos, takenAtMs } = series(async (nth) => {
    if (nth === 2) throw new StationError('stale-picture', 'old');
    if (nth === 4) throw new StationError('disk-full', 'full');
  });
  photos.start({ kind: 'timelapse', everyMs: 500, count: 9 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(takenAtMs).toHaveLength(4);
  expect(photos.state()).toMatchObject({
    running: false,
    taken: 2,
    missed: 2,
    error: { code: 'disk-full' },
  });
});

it('one at a time, and cancelling none is no mistake', async () => {
  const { photos } = series(works);
  expect(await photos.cancel()).toMatchObject({ running: false, spec: null });
  photos.start({ kind: 'timer', seconds: 2 });
  expect(() => photos.start({ kind: 'burst' })).toThrow(/already/);
  await photos.cancel();
  expect(photos.state()).toMatchObject({ running: false, taken: 0 });
});
