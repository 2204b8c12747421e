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
  /** Takes one capture; null, and nothing happens, while one is under way. */
  take(): Promise<Result<Capture> | null>;
};

export type CaptureStore = ReturnType<typeof createCaptureStore>;

const wait = (delayMs: number) => new Promise<void>((done) => setTimeout(done, delayMs));

/** The one capture this window may have in flight. */
export function createCaptureStore(client: Pick<StationClient, 'request'>, waitFor = wait) {
  return createStore<CaptureState>((set, get) => ({
    capturing: false,
    retry: 0,
    lastId: null,
    async take() {
      if (get().capturing) return null;
      set({ capturing: true });
      const result = await captureWithRetry({
        take: () => client.request('capture.take', {}),
        wait: waitFor,
        onRetry: (retry) => set({ retry }),
      });
      set({
        capturing: false,
        retry: 0,
        ...(result.ok ? { lastId: result.value.id } : {}),
      });
      return result;
    },
  }));
}
