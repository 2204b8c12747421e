import { createStore } from 'zustand/vanilla';
import type { StationClient } from '../../../shared/client.ts';
import type { Kept, Recording } from '../../../shared/recording.ts';

export type RecordingState = { recording: Recording | null };
export type RecordingStore = ReturnType<typeof createRecordingStore>;

/** The recording as the station tells it: some times a second while it runs. */
export function createRecordingStore() {
  return createStore<RecordingState>(() => ({ recording: null }));
}

/** Keeps the store true, and passes on what was kept. Returns the end of it. */
export function followRecording(
  client: StationClient,
  store: RecordingStore,
  onKept: (kept: Kept) => void,
): () => void {
  const ask = async () => {
    const reply = await client.request('record.state', {});
    if (!reply.ok) return;
    store.setState({ recording: reply.value });
    const { recovered } = reply.value;
    if (recovered.length > 0) onKept({ why: 'recovered', films: recovered, error: null });
  };
  const stops = [
    client.on('recording', (recording) => store.setState({ recording })),
    client.on('kept', onKept),
    client.onLink((link) => {
      if (link === 'open') void ask();
      else store.setState({ recording: null });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

export function isRecording(recording: Recording | null): boolean {
  return recording !== null && recording.phase !== 'idle';
}
