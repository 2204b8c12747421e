import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { spokenDuration } from '../words/time.ts';
import styles from './elapsed.module.css';
import { useLive } from './live.ts';

/** Shorter waits need no clock. */
const SHOWN_AFTER_MS = 2_000;
const TICK_MS = 500;

/** Since when the present state lasts; silent where the headline already counts. */
export function Elapsed() {
  const sinceMs = useStation((state) => state.stateSinceMs);
  const counting = useStore(useLive().picture, (shown) => shown.picture.kind === 'stale');
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = nowMs - sinceMs;
  const shown = !counting && elapsedMs >= SHOWN_AFTER_MS;
  return <span className={styles.elapsed}>{shown ? spokenDuration(elapsedMs) : ''}</span>;
}
