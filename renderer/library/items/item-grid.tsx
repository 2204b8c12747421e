import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { say } from '../../words/language.ts';
import { longDay } from '../../words/time.ts';
import { useLibrary } from '../library.ts';
import styles from './item-grid.module.css';
import { ItemTile } from './item-tile.tsx';
import { type Row, rowOf, rowsOf } from './rows.ts';

/** A tile is about this wide; all widths between fill the line. It grows with the text, as all lengths here. */
const TILE_REM = 11;
const GAP_REM = 0.5;
/** Name and size under the picture. */
const WORDS_REM = 3.25;
const DAY_REM = 2.75;
/** The next page is asked for when the end is this near. */
const NEAR_END_ROWS = 8;

type ItemGridProps = {
  /** The item that lies open over the grid. */
  openId: string | null;
  onOpen(id: string): void;
  onTrash(ids: readonly string[]): void;
};

/** Thousands of items, of which only those in sight exist. Arrows go, Enter opens, Space picks, Delete throws away. */
export function ItemGrid({ openId, onOpen, onTrash }: ItemGridProps) {
  const library = useLibrary();
  const { items: list } = library;
  const items = useStore(list.store, (state) => state.items);
  const selected = useStore(list.store, (state) => state.selected);
  const scroller = useRef<HTMLDivElement>(null);
  const { widthPx, remPx } = useMeasures(scroller);
  const widthRem = widthPx / remPx;
  const columns = Math.max(2, Math.floor((widthRem + GAP_REM) / (TILE_REM + GAP_REM)));
  const tileRem = (widthRem - GAP_REM * (columns - 1)) / columns;
  const tilesPx = ((tileRem * 3) / 4 + WORDS_REM + GAP_REM) * remPx;
  const rows = useMemo(() => rowsOf(items, columns), [items, columns]);
  const [at, setAt] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? DAY_REM * remPx : tilesPx),
    overscan: 4,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are as high as tiles are wide.
  useLayoutEffect(() => virtual.measure(), [virtual, tilesPx]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - NEAR_END_ROWS) list.more();
  }, [last, rows.length, list]);

  const go = (to: number) => {
    const index = Math.min(items.length - 1, Math.max(0, to));
    setAt(index);
    virtual.scrollToIndex(rowOf(rows, index));
    // It exists from the next picture on.
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
    });
  };
  const wasOpen = useRef<string | null>(null);
  useEffect(() => {
    const closed = openId === null ? wasOpen.current : null;
    wasOpen.current = openId;
    if (closed === null) return;
    const index = items.findIndex(({ id }) => id === closed);
    go(index < 0 ? at : index);
  });
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -columns * 3,
      PageDown: columns * 3,
      Home: -items.length,
      End: items.length,
    };
    const step = steps[event.key];
    const id = items[at]?.id;
    if (step !== undefined) go(at + step);
    else if (event.key === 'Delete' && id !== undefined) {
      onTrash(selected.size > 0 ? [...selected] : [id]);
    } else if (event.key === ' ' && id !== undefined) list.toggle(id);
    else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) {
      void library.undoTrash();
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      list.select(items.map((item) => item.id));
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tiles in it take the focus; this moves it.
    <div ref={scroller} className={styles.scroller} onKeyDown={onKey} data-testid="library-grid">
      <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, size }) => (
          <div
            key={index}
            className={styles.row}
            style={{ transform: `translateY(${start}px)`, height: size }}
          >
            <RowOf row={rows[index]} at={at} columns={columns} onFocus={setAt} onOpen={onOpen} />
          </div>
        ))}
      </div>
    </div>
  );
}

type RowOfProps = {
  row: Row | undefined;
  at: number;
  columns: number;
  onFocus(index: number): void;
  onOpen(id: string): void;
};

function RowOf({ row, at, columns, onFocus, onOpen }: RowOfProps) {
  if (row === undefined) return null;
  if (row.kind === 'day') {
    return (
      <h3 className={styles.day}>
        {longDay(row.day)} <span className={styles.count}>{say().gallery.count(row.count)}</span>
      </h3>
    );
  }
  return (
    <ul
      className={styles.tiles}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {row.items.map((item, i) => (
        <ItemTile
          key={item.id}
          item={item}
          index={row.first + i}
          isCurrent={row.first + i === at}
          onFocus={onFocus}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}

/** How wide the grid is and how large a text, both in CSS pixels. */
function useMeasures(element: { current: HTMLElement | null }) {
  const [measures, setMeasures] = useState({ widthPx: 800, remPx: 16 });
  useLayoutEffect(() => {
    const mine = element.current;
    if (mine === null) return;
    const measure = () => {
      const widthPx = mine.clientWidth;
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setMeasures((old) => {
        const isSame = old.widthPx === widthPx && old.remPx === remPx;
        return isSame ? old : { widthPx, remPx };
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(mine);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return measures;
}
