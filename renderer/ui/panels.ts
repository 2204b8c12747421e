import { create } from 'zustand';

export type DrawerName = 'captures' | 'settings';
export type SheetName = 'shortcuts' | 'tello' | { webcam: string };

type Panels = { drawer: DrawerName | null; sheet: SheetName | null };

/** Which panel is open. One drawer and one sheet at a time. */
export const usePanels = create<Panels>(() => ({ drawer: null, sheet: null }));

export function toggleDrawer(name: DrawerName): void {
  usePanels.setState(({ drawer }) => ({ drawer: drawer === name ? null : name }));
}

export function closeDrawer(): void {
  usePanels.setState({ drawer: null });
}

export function openSheet(sheet: SheetName): void {
  usePanels.setState({ sheet });
}

export function closeSheet(): void {
  usePanels.setState({ sheet: null });
}
