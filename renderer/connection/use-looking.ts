import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { useConnection } from './connection.ts';

/** Whether the source is called again and again; null for sources that come back by themselves or not at all. */
export function useLooking(): { on: boolean; set(on: boolean): void } | null {
  const connection = useConnection();
  const on = useStore(connection.store, (state) => state.looking);
  const drone = useStation((state) => state.status?.source?.kind === 'tello');
  if (!drone) return null;
  return { on, set: (next) => (next ? connection.keepLooking() : connection.stopLooking()) };
}
