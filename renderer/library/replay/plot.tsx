import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { decimal } from '../../words/time.ts';
import styles from './replay.module.css';

export type Curve = { label: string; values: (number | null)[]; digits: number };

type PlotProps = {
  title: string;
  unit: string;
  seconds: number[];
  curves: readonly Curve[];
  second: number;
  onSecond(second: number): void;
};

const HEIGHT_PX = 120;
const COLOURS = ['#7cc4ff', '#ffb86b', '#a5e075'] as const;

/** One plot over the time of the flight. A click goes there; the line of the others goes along. */
export function Plot({ title, unit, seconds, curves, second, onSecond }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const go = useRef(onSecond);
  go.current = onSecond;

  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const axis = {
      stroke: '#b9bec7',
      grid: { stroke: 'rgb(255 255 255 / 0.1)' },
      ticks: { show: false },
    };
    const mine = new uPlot(
      {
        width: host.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        scales: { x: { time: false } },
        cursor: { drag: { x: false, y: false }, y: false, points: { size: 6 } },
        axes: [
          { ...axis, values: (_plot, splits) => splits.map((value) => `${value} s`) },
          { ...axis, size: 44 },
        ],
        series: [
          {},
          ...curves.map(({ label, digits }, i) => ({
            label,
            stroke: COLOURS[i % COLOURS.length] ?? '#fff',
            width: 1.5,
            value: (_plot: uPlot, value: number | null) =>
              value === null ? '–' : decimal(value, digits),
          })),
        ],
      },
      [seconds, ...curves.map(({ values }) => values)],
      host,
    );
    mine.over.addEventListener('click', (event) => {
      go.current(mine.posToVal(event.offsetX, 'x'));
    });
    plot.current = mine;
    const observer = new ResizeObserver(() => {
      mine.setSize({ width: host.clientWidth, height: HEIGHT_PX });
    });
    observer.observe(host);
    return () => {
      observer.disconnect();
      plot.current = null;
      mine.destroy();
    };
  }, [seconds, curves]);

  useEffect(() => {
    plot.current?.setCursor({ left: plot.current.valToPos(second, 'x'), top: 0 });
  }, [second]);

  return (
    <figure className={styles.plot}>
      <figcaption>
        {title} <span className={styles.unit}>{unit}</span>
        {curves.length > 1
          ? curves.map(({ label }, i) => (
              <span key={label} className={styles.key} data-curve={i}>
                {label}
              </span>
            ))
          : null}
      </figcaption>
      <div ref={place} />
    </figure>
  );
}
