import { describe, expect, it } from 'vitest';
import { rowOf, rowsOf } from '../../../../renderer/library/items/rows.ts';
import type { Item } from '../../../../shared/library.ts';

const item = (id: number, day: string): Item => ({
  id: String(id).padStart(22, '0'),
  kind: 'photo',
  fileName: `${id}.jpg`,
  sizeBytes: 1,
  changedAtMs: 0,
  takenAtMs: 0,
  day,
  mediaType: 'image/jpeg',
});

describe('the lines of the library', () => {
  const items = [0, 1, 2, 3, 4].map((id) => item(id, id < 3 ? '2026-11-25' : '2026-11-24'));

  it('begin anew with every day', () => {
    const rows = rowsOf(items, 2);
    expect(
      rows.map((row) => (row.kind === 'day' ? `${row.day}: ${row.count}` : row.first)),
    ).toEqual(['2026-11-25: 3', 0, 2, '2026-11-24: 2', 3]);
    expect(items.map((_item, index) => rowOf(rows, index))).toEqual([1, 1, 2, 4, 4]);
  });

  it('hold every item once, however wide', () => {
    for (let columns = 1; columns < 9; columns++) {
      const held = rowsOf(items, columns).flatMap((row) => (row.kind === 'items' ? row.items : []));
      expect(held).toEqual(items);
    }
  });
});
