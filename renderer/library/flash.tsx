import { useStore } from 'zustand';
import styles from './flash.module.css';
import { useLibrary } from './library.ts';

/** A blink of the stage when a photo was kept, as a shutter does. */
export function Flash() {
  const lastId = useStore(useLibrary().store, (state) => state.lastId);
  return lastId === null ? null : <div key={lastId} className={styles.flash} aria-hidden="true" />;
}
