import { create } from 'zustand';
import type { Settings } from '../../shared/settings.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { choiceKey } from './source-choices.ts';

type ChosenSource = {
  /** What Connect connects to; null until someone chose in this window. */
  chosen: SourceSpec | null;
  /** Options last used with each source, by its key. */
  remembered: Readonly<Record<string, SourceSpec>>;
};

export const useChosenSource = create<ChosenSource>(() => ({ chosen: null, remembered: {} }));

export function rememberSource(source: SourceSpec): void {
  useChosenSource.setState(({ remembered }) => ({
    chosen: source,
    remembered: { ...remembered, [choiceKey(source)]: source },
  }));
}

/** The source Connect means: chosen here, else used last, else the one that needs nothing. */
export function chosenSource(settings: Settings): SourceSpec {
  return useChosenSource.getState().chosen ?? settings.lastSource ?? { kind: 'simulator' };
}
