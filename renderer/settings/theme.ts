import type { Settings } from '../../shared/settings.ts';
import type { StationStore } from '../station/station-store.ts';

/** Applies the theme to the page: the system's own, unless the settings say otherwise. */
export function followTheme(station: StationStore, root: HTMLElement): () => void {
  const apply = (theme: Settings['theme']) => {
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply(station.getState().settings.theme);
  return station.subscribe((state) => apply(state.settings.theme));
}
