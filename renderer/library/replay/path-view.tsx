import { useMemo } from 'react';
import { say } from '../../words/language.ts';
import { decimal } from '../../words/time.ts';
import type { FlightData } from './flight-data.ts';
import styles from './replay.module.css';

/** So many points draw a flight; more only cost. */
const MAX_POINTS = 600;
/** A hover is not to look like a journey. */
const LEAST_M = 1;
/** What is drawn farthest off keeps off the edge. */
const MARGIN = 1.15;

/** Where it flew, from above, as far as its speeds tell: up is where it looked when it took off. */
export function PathView({ path, at }: { path: FlightData['path']; at: number }) {
  const drawn = useMemo(() => {
    const step = Math.max(1, Math.ceil(path.x.length / MAX_POINTS));
    const points: string[] = [];
    for (let i = 0; i < path.x.length; i += step) points.push(`${path.x[i]},${-(path.y[i] ?? 0)}`);
    const farthestM = path.x.reduce((far, x, i) => Math.max(far, Math.hypot(x, path.y[i] ?? 0)), 0);
    return { points: points.join(' '), farthestM, reach: Math.max(LEAST_M, farthestM) * MARGIN };
  }, [path]);
  const { points, farthestM, reach } = drawn;
  return (
    <figure className={styles.path}>
      <svg
        viewBox={`${-reach} ${-reach} ${2 * reach} ${2 * reach}`}
        role="img"
        aria-label={say().gallery.pathAbout}
      >
        <line x1={-reach} x2={reach} className={styles.axes} />
        <line y1={-reach} y2={reach} className={styles.axes} />
        <polyline points={points} className={styles.way} />
        <circle cx="0" cy="0" r={reach / 40} className={styles.home} />
        <circle
          cx={path.x[at] ?? 0}
          cy={-(path.y[at] ?? 0)}
          r={reach / 28}
          className={styles.drone}
        />
      </svg>
      <figcaption>{say().gallery.reach(decimal(farthestM, 1))}</figcaption>
    </figure>
  );
}
