import { createStore } from 'zustand/vanilla';
import type { Capture } from '../../shared/captures.ts';
import type { StationClient } from '../../shared/client.ts';
import type { Result } from '../../shared/result.ts';
import { captureWithRetry } from './capture-with-retry.ts';

export type CaptureState = {
  /** A capture is under way; the next waits for it. */
  capturing: boolean;
  /** Which retry is awaited, counted from 1; 0 while none is. */
  retry: number;
  /** The newest photo taken in this window. */
  lastId: string | null;
};

export type CaptureStore = ReturnType<typeof createCaptureStore>;

/** The one capture this window may have in flight. */
export function createCaptureStore() {
  return createStore<CaptureState>(() => ({ capturing: false, retry: 0, lastId: null }));
}

const wait = (delayMs: number) => new Promise<void>((done) => setTimeout(done, delayMs));

/** Takes one capture; null, and nothing happens, while one is under way. */
export async function takeCapture(
  store: CaptureStore,
  client: Pick<StationClient, 'request'>,
  waitFor = wait,
): Promise<Result<Capture> | null> {
  if (store.getState().capturing) return null;
  store.setState({ capturing: true });
  const result = await captureWithRetry({
    take: () => client.request('capture.take', {}),
    wait: waitFor,
    onRetry: (retry) => store.setState({ retry }),
  });
  store.setState({
    capturing: false,
    retry: 0,
    ...(result.ok ? { lastId: result.value.id } : {}),
  });
  return result;
}
