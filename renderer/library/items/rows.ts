import type { Item } from '../../../shared/library.ts';

/** A line of the grid: the name of a day, or as many items as fit, with the place of the first in the list. */
export type Row =
  | { kind: 'day'; day: string; count: number }
  | { kind: 'items'; items: readonly Item[]; first: number };

/** The list, day by day, in lines of `columns`. */
export function rowsOf(items: readonly Item[], columns: number): Row[] {
  const rows: Row[] = [];
  for (let from = 0; from < items.length; ) {
    const day = items[from]?.day ?? '';
    let to = from;
    while (items[to]?.day === day) to++;
    rows.push({ kind: 'day', day, count: to - from });
    for (let first = from; first < to; first += columns) {
      rows.push({ kind: 'items', items: items.slice(first, Math.min(first + columns, to)), first });
    }
    from = to;
  }
  return rows;
}

/** Which row an item is in. */
export function rowOf(rows: readonly Row[], index: number): number {
  return rows.findIndex(
    (row) => row.kind === 'items' && index >= row.first && index < row.first + row.items.length,
  );
}
