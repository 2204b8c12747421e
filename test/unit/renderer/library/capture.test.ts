import { describe, expect, it } from 'vitest';
import { whyNoCapture } from '../../../../renderer/library/capture-availability.ts';
import { createCaptureStore, takeCapture } from '../../../../renderer/library/capture-store.ts';
import { captureWithRetry } from '../../../../renderer/library/capture-with-retry.ts';
import { createLibrary } from '../../../../renderer/library/library.ts';
import { tellKept, tellNotKept } from '../../../../renderer/library/tell-capture.ts';
import { createPictureStore } from '../../../../renderer/live/picture-store.ts';
import { createStationStore } from '../../../../renderer/station/station-store.ts';
import { createPanels } from '../../../../renderer/ui/panels.ts';
import { createToasts } from '../../../../renderer/ui/toasts.ts';
import { type Capture, thumbnailPath } from '../../../../shared/captures.ts';
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
    const library = createLibrary({ client, station, toasts, shown, panels: createPanels() });
    await library.capture();
    expect(asked).toEqual([]);
    expect(toasts.store.getState().toasts).toMatchObject([{ key: 'reason:Capture' }]);
    toasts.review();
    expect(toasts.store.getState().toasts).toHaveLength(1);

    station.setState({ link: 'open', status: sampleStatus() });
    shown.setState({ picture: { kind: 'live' } });
    // The reason is none any more.
    toasts.review();
    expect(toasts.store.getState().toasts).toEqual([]);
    answers.push(success(capture));
    await library.capture();
    expect(asked).toEqual([['capture.take', {}]]);
    expect(library.store.getState().lastId).toBe('c1');
  });
});

describe('words about a capture', () => {
  function create() {
    const toasts = createToasts();
    return { toasts, panels: createPanels(), newest: () => toasts.store.getState().toasts.at(-1) };
  }

  it('lead to the photo', () => {
    const { toasts, panels, newest } = create();
    tellKept({ toasts, panels }, capture);
    expect(newest()).toMatchObject({ title: 'Photo saved', picture: thumbnailPath('c1') });
    newest()?.action?.run();
    expect(panels.store.getState().sheet).toBe('photo:c1');
  });

  it('say what failed and what to do, with the button that does it, while it is true', () => {
    const { toasts, panels, newest } = create();
    let full = true;
    const error = { code: 'disk-full', message: 'No room.' } as const;
    tellNotKept({ toasts, panels }, error, () => full);
    expect(newest()).toMatchObject({ tone: 'danger', title: 'No photo: the disk is full' });
    expect(newest()?.detail).toMatch(/^No room\. .*space/);
    newest()?.action?.run();
    expect(panels.store.getState().drawer).toBe('settings');
    toasts.review();
    expect(toasts.store.getState().toasts).toHaveLength(1);
    full = false;
    toasts.review();
    expect(toasts.store.getState().toasts).toEqual([]);
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
