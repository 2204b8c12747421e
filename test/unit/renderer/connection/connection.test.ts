import { describe, expect, it } from 'vitest';
import { createConnection } from '../../../../renderer/connection/connection.ts';
import { createStationStore } from '../../../../renderer/station/station-store.ts';
import { createPanels } from '../../../../renderer/ui/panels.ts';
import { createToasts } from '../../../../renderer/ui/toasts.ts';
import { failure } from '../../../../shared/result.ts';
import type { SourceSpec } from '../../../../shared/source.ts';
import type { Status } from '../../../../shared/status.ts';
import { fakeStation } from '../../../support/fake-station.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const webcam: SourceSpec = { kind: 'webcam', device: '/dev/video0' };

function create(status: Status | null) {
  const { client, asked, answers } = fakeStation();
  const station = createStationStore();
  station.setState({ status });
  const toasts = createToasts();
  const connection = createConnection({ client, station, toasts, panels: createPanels() });
  return { connection, asked, answers, station, toasts };
}

describe('connection', () => {
  it('starts the source of the last session, else the chosen one, else the simulator', async () => {
    const connectTo = (source: SourceSpec) => [['source.connect', { source }]];
    const idle = create(sampleStatus({ state: 'idle', source: null }));
    await idle.connection.start();
    expect(idle.asked).toEqual(connectTo({ kind: 'simulator' }));

    const chosen = create(sampleStatus({ state: 'idle', source: null }));
    chosen.connection.choose(webcam);
    await chosen.connection.toggle();
    expect(chosen.asked).toEqual(connectTo(webcam));

    const failed = create(sampleStatus({ state: 'failed', source: webcam }));
    await failed.connection.start();
    expect(failed.asked).toEqual(connectTo(webcam));
  });

  it('starts nothing while a session is under way; toggling ends it', async () => {
    const { connection, asked } = create(sampleStatus({ state: 'reconnecting' }));
    await connection.start();
    expect(asked).toEqual([]);
    await connection.toggle();
    expect(asked).toEqual([['source.disconnect', {}]]);
  });

  it('says what failed, unless a newer wish cancelled it', async () => {
    const { connection, answers, station, toasts } = create(null);
    answers.push(failure({ code: 'cancelled', message: 'Cancelled.' }));
    await connection.connect(webcam);
    expect(toasts.store.getState().toasts).toEqual([]);
    answers.push(failure({ code: 'camera-busy', message: 'Taken.', tip: 'Free it.' }));
    await connection.connect(webcam);
    expect(toasts.store.getState().toasts).toMatchObject([
      { key: 'failure:connection', tone: 'danger', detail: 'Taken. Free it.' },
    ]);
    // Another session makes it a thing of the past.
    station.setState({ status: sampleStatus() });
    toasts.review();
    expect(toasts.store.getState().toasts).toEqual([]);
  });
});
