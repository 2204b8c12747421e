import { describe, expect, it, vi } from 'vitest';
import { createMetersStore, takeMeters } from '../../../../renderer/live/meters-store.ts';
import { createPictureStore, followPicture } from '../../../../renderer/live/picture-store.ts';
import { createStationStore } from '../../../../renderer/station/station-store.ts';
import type { Unable } from '../../../../shared/unable.ts';
import { sampleMeters } from '../../../support/sample-meters.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

function follow() {
  const [store, station, meters] = [
    createPictureStore(),
    createStationStore(),
    createMetersStore(),
  ];
  station.setState({ status: sampleStatus() });
  const stop = followPicture(store, station, meters, () => 0);
  const say = (unable: Unable | null, generation = 3) =>
    takeMeters(meters, sampleMeters({ unable, generation }), 0);
  return { store, say, stop };
}

describe('why nothing can be shown', () => {
  it('names the codec of the stream that is there now', () => {
    const { store, say, stop } = follow();
    say({ kind: 'codec', codec: 'avc1.7A0028' });
    say({ kind: 'codec', codec: 'avc1.F40028' });
    expect(store.getState().unable).toEqual({ kind: 'codec', codec: 'avc1.F40028' });
    stop();
  });

  it('is told once, however often the worker repeats it', () => {
    const { store, say, stop } = follow();
    say({ kind: 'codec', codec: 'avc1.7A0028' });
    const told = vi.fn();
    store.subscribe(({ unable }, before) => unable === before.unable || told());
    say({ kind: 'codec', codec: 'avc1.7A0028' });
    expect(told).not.toHaveBeenCalled();
    stop();
  });

  it('holds for one session, but a page that is turned away is so for all', () => {
    const { store, say, stop } = follow();
    say({ kind: 'no-decoder' }, 2);
    expect(store.getState().unable).toBeNull();
    say({ kind: 'crowded' }, -1);
    expect(store.getState().unable).toEqual({ kind: 'crowded' });
    say(null);
    expect(store.getState().unable).toBeNull();
    stop();
  });
});
