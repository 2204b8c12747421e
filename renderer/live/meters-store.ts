import type { Meters } from '../painter/messages.ts';
import type { LastPicture } from './picture-state.ts';

/** The painter's newest figures, four times a second. Not a React state: only who shows them looks. */
export type MetersStore = {
  get(): Meters | null;
  /** The newest picture drawn; outlives a lost link or a new painter, whose figures begin at none. */
  lastPicture(): LastPicture | null;
  set(meters: Meters, nowMs: number): void;
  subscribe(callback: () => void): () => void;
};

export function createMetersStore(): MetersStore {
  let newest: Meters | null = null;
  let lastPicture: LastPicture | null = null;
  const callbacks = new Set<() => void>();
  return {
    get: () => newest,
    lastPicture: () => lastPicture,
    set(meters, nowMs) {
      newest = meters;
      if (meters.pictureAgeMs !== null) {
        lastPicture = {
          generation: meters.generation,
          capturedAtMs: nowMs - meters.pictureAgeMs,
        };
      }
      for (const callback of [...callbacks]) callback();
    },
    subscribe(callback) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
  };
}
