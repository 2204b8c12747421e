import { describe, expect, it } from 'vitest';
import { whyNoCapture } from '../../../../renderer/library/capture-availability.ts';
import { createCaptureStore, takeCapture } from '../../../../renderer/library/capture-store.ts';
import { captureWithRetry } from '../../../../renderer/library/capture-with-retry.ts';
import { createLibrary } from '../../../../renderer/library/library.ts';
import { tellCapture } from '../../../../renderer/library/tell-capture.ts';
import { createPictureStore } from '../../../../renderer/live/picture-store.ts';
import { createStationStore } from '../../../../renderer/station/station-store.ts';
import { createToasts } from '../../../../renderer/ui/toasts.ts';
import type { Capture } from '../../../../shared/captures.ts';
import type { StationClient } from '../../../../shared/client.ts';
import { failure, type Result, success } from '../../../../shared/result.ts';
import { fakeStation } from '../../../support/fake-station.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const capture: Capture = {
  id: 'c1',
  fileName: 'photo.jpg',
  path: '/pictures/photo.jpg',
  sourceName: 'Simulated drone',
  takenAtMs: 0,
  width: 960,
  height: 720,
  sizeBytes: 86_000,
  damaged: false,
  format: 'jpeg',
};
const busy = (retryAfterMs?: number): Result<Capture> =>
  failure({ code: 'busy', message: 'Busy.', ...(retryAfterMs ? { retryAfterMs } : {}) });

async function run(results: Result<Capture>[]) {
  const waits: number[] = [];
  let taken = 0;
  const result = await captureWithRetry({
    take: async () => results[taken++] ?? busy(),
    wait: async (delayMs) => void waits.push(delayMs),
  });
  return { result, waits, taken };
}

describe('capture with retry', () => {
  it('takes one photo when nobody is in the way', async () => {
    expect(await run([success(capture)])).toEqual({
      result: success(capture),
      waits: [],
      taken: 1,
    });
  });

  it('waits 1, 2 and 4 s while busy, then gives up with the last answer', async () => {
    const { result, waits, taken } = await run([]);
    expect(waits).toEqual([1_000, 2_000, 4_000]);
    expect(taken).toBe(4);
    expect(result).toMatchObject({ ok: false, error: { code: 'busy' } });
  });

  it('never comes back sooner than the station asked', async () => {
    const { result, waits } = await run([busy(1_500), busy(200), success(capture)]);
    expect(waits).toEqual([1_500, 2_000]);
    expect(result.ok).toBe(true);
  });

  it('does not retry any other failure', async () => {
    const full = failure<Capture>({ code: 'disk-full', message: 'Full.' });
    expect(await run([full])).toEqual({ result: full, waits: [], taken: 1 });
    expect((await run([busy(), full])).taken).toBe(2);
  });
});

describe('capture store', () => {
  it('has one capture in flight, however often it is asked', async () => {
    let answer: (result: Result<never>) => void = () => undefined;
    let requests = 0;
    const request: StationClient['request'] = () => {
      requests++;
      return new Promise<Result<never>>((resolve) => {
        answer = resolve;
      });
    };
    const store = createCaptureStore();
    const take = () => takeCapture(store, { request }, async () => undefined);
    const first = take();
    expect(await take()).toBeNull();
    expect(store.getState().capturing).toBe(true);
    answer(failure({ code: 'disk-full', message: 'Full.' }));
    expect(await first).toMatchObject({ ok: false });
    expect(store.getState()).toMatchObject({ capturing: false, lastId: null });
    expect(requests).toBe(1);
  });
});

describe('the shutter', () => {
  it('says why there can be no photo, and asks for one when there can', async () => {
    const { client, asked, answers } = fakeStation();
    const station = createStationStore();
    const toasts = createToasts();
    const shown = createPictureStore();
    const library = createLibrary({ client, station, toasts, shown });
    await library.capture();
    expect(asked).toEqual([]);
    expect(toasts.store.getState().toasts).toMatchObject([{ key: 'reason:Capture' }]);

    station.setState({ link: 'open', status: sampleStatus() });
    shown.setState({ picture: { kind: 'live' } });
    answers.push(success(capture));
    await library.capture();
    expect(asked).toEqual([['capture.take', {}]]);
    expect(library.store.getState().lastId).toBe('c1');
  });
});

describe('words about a capture', () => {
  const host = {
    kind: 'desktop' as const,
    version: '0',
    platform: 'linux',
    canShowInFolder: true,
    photoFolder: '/pictures',
    development: false,
  };

  it('names the file, and offers its folder where there is a screen to open it on', () => {
    const toasts = createToasts();
    const shown: string[] = [];
    tellCapture(toasts, success(capture), host, (id) => shown.push(id));
    const local = toasts.store.getState().toasts.at(-1);
    expect(local?.action?.label).toBe('Show in folder');
    local?.action?.run();
    expect(shown).toEqual(['c1']);

    tellCapture(toasts, success(capture), { ...host, canShowInFolder: false }, () => undefined);
    const remote = toasts.store.getState().toasts.at(-1);
    expect(remote?.action).toBeUndefined();
    expect(remote?.detail).toBe('photo.jpg');
  });

  it('says what failed and what to do', () => {
    const toasts = createToasts();
    tellCapture(toasts, failure({ code: 'disk-full', message: 'No room.' }), host, () => undefined);
    const toast = toasts.store.getState().toasts.at(-1);
    expect(toast).toMatchObject({ tone: 'danger', title: 'No photo: the disk is full' });
    expect(toast?.detail).toMatch(/^No room\. .*space/);
  });

  it('has a reason whenever no photo can be taken', () => {
    const live = { kind: 'live' } as const;
    expect(whyNoCapture('open', sampleStatus(), live)).toBeNull();
    for (const state of ['idle', 'connecting', 'reconnecting', 'failed'] as const) {
      expect(whyNoCapture('open', sampleStatus({ state }), live)).toMatch(/\.$/);
    }
    expect(whyNoCapture('lost', sampleStatus(), live)).not.toBeNull();
    expect(whyNoCapture('open', sampleStatus(), { kind: 'stale', ageMs: 3_000 })).not.toBeNull();
  });
});
