import { useStore } from 'zustand';
import { useDeck } from '../station/deck.ts';
import styles from './flash.module.css';

/** A blink of the stage when a photo was kept, as a shutter does. */
export function Flash() {
  const lastId = useStore(useDeck().capture, (state) => state.lastId);
  return lastId === null ? null : <div key={lastId} className={styles.flash} aria-hidden="true" />;
}
