import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandName } from '../../shared/commands.ts';
import { createPart } from './part.ts';

/** A panel has the name of the command that opens it, or holds the options of something, or one photo. */
type PanelName = CommandName | `options:${string}` | `photo:${string}`;

/** Which panels are open: one drawer and one sheet at a time. */
export type Panels = {
  store: StoreApi<{ drawer: PanelName | null; sheet: PanelName | null }>;
  toggleDrawer(name: PanelName): void;
  openDrawer(name: PanelName): void;
  closeDrawer(): void;
  openSheet(name: PanelName): void;
  closeSheet(): void;
};

export const [PanelsContext, usePanels] = createPart<Panels>('panels');

export function createPanels(): Panels {
  const store: Panels['store'] = createStore(() => ({ drawer: null, sheet: null }));
  return {
    store,
    toggleDrawer: (name) =>
      store.setState(({ drawer }) => ({ drawer: drawer === name ? null : name })),
    openDrawer: (drawer) => store.setState({ drawer }),
    closeDrawer: () => store.setState({ drawer: null }),
    openSheet: (sheet) => store.setState({ sheet }),
    closeSheet: () => store.setState({ sheet: null }),
  };
}
