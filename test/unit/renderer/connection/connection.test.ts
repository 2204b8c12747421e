import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
    const connectTo = (source: SourceSpec) => [['source.connect', { source, force: false }]];
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
    expect(asked).toEqual([['source.disconnect', { force: false }]]);
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

describe('looking for a drone', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  const tello: SourceSpec = {
    kind: 'tello',
    host: '192.168.10.1',
    ports: { command: 8889, state: 8890, video: 11_111 },
  };
  const failed = (generation: number) =>
    sampleStatus({ state: 'failed', source: tello, generation });

  it('calls again after each failure, one call at a time, until it is there', async () => {
    const { connection, station, asked } = create(failed(1));
    connection.keepLooking();
    expect(asked).toHaveLength(1);
    for (let i = 0; i < 5; i++) station.setState({ status: failed(2 + i) });
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(2);
    station.setState({ status: sampleStatus({ source: tello }) });
    expect(connection.store.getState().looking).toBe(false);
    station.setState({ status: failed(9) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(2);
  });

  it('ends when it is told to, and with the session', async () => {
    for (const end of ['stopLooking', 'disconnect'] as const) {
      const { connection, station, asked } = create(failed(1));
      connection.keepLooking();
      station.setState({ status: failed(2) });
      await connection[end]();
      const before = asked.length;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(asked).toHaveLength(before);
      expect(connection.store.getState().looking).toBe(false);
    }
  });
});
