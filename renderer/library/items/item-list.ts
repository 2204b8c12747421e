import { createStore } from 'zustand/vanilla';
import type { StationClient } from '../../../shared/client.ts';
import type { Item, ItemKind, Page } from '../../../shared/library.ts';
import type { Failure } from '../../../shared/result.ts';

/** A few screens at once: a fetch at every scroll would be felt. */
const PAGE_ITEMS = 200;

export type ItemListState = {
  /** `all`, or one kind alone. */
  kind: ItemKind | 'all';
  items: readonly Item[];
  /** Where the list goes on; null where it ends. */
  next: string | null;
  counts: Page['counts'] | null;
  folder: string;
  truncated: boolean;
  loading: boolean;
  error: Failure | null;
  selected: ReadonlySet<string>;
};

export type ItemList = ReturnType<typeof createItemList>;

/** The library as far as it was scrolled to; asked for anew whenever the folder changes while it is looked at. */
export function createItemList(client: StationClient) {
  const store = createStore<ItemListState>(() => ({
    kind: 'all',
    items: [],
    next: null,
    counts: null,
    folder: '',
    truncated: false,
    loading: false,
    error: null,
    selected: new Set(),
  }));
  let isLookedAt = false;
  let wish = 0;

  async function fetchItems(wanted: number): Promise<void> {
    const mine = ++wish;
    store.setState({ loading: true });
    const { kind } = store.getState();
    const items: Item[] = [];
    let after: string | undefined;
    for (;;) {
      const reply = await client.request('library.list', {
        limit: PAGE_ITEMS,
        ...(kind === 'all' ? {} : { kinds: [kind] }),
        ...(after === undefined ? {} : { after }),
      });
      if (mine !== wish) return;
      if (!reply.ok) {
        store.setState({ loading: false, error: reply.error });
        return;
      }
      const { next, counts, folder, truncated } = reply.value;
      items.push(...reply.value.items);
      if (next === null || items.length >= wanted) {
        const there = new Set(items.map(({ id }) => id));
        const selected = new Set([...store.getState().selected].filter((id) => there.has(id)));
        const about = { next, counts, folder, truncated };
        store.setState({ ...about, items, selected, loading: false, error: null });
        return;
      }
      after = next;
    }
  }

  const refresh = () => fetchItems(Math.max(PAGE_ITEMS, store.getState().items.length));

  client.on('library', () => {
    if (isLookedAt) void refresh();
  });

  return {
    store,
    open() {
      isLookedAt = true;
      void refresh();
    },
    close() {
      isLookedAt = false;
      store.setState({ selected: new Set() });
    },
    show(kind: ItemListState['kind']) {
      store.setState({ kind, items: [], next: null, selected: new Set() });
      void refresh();
    },
    more() {
      const { next, loading, items } = store.getState();
      if (next !== null && !loading) void fetchItems(items.length + PAGE_ITEMS);
    },
    select(ids: Iterable<string>) {
      store.setState({ selected: new Set(ids) });
    },
    toggle(id: string) {
      const selected = new Set(store.getState().selected);
      if (!selected.delete(id)) selected.add(id);
      store.setState({ selected });
    },
  };
}
