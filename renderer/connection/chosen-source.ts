import { createStore } from 'zustand/vanilla';
import type { Settings } from '../../shared/settings.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { choiceKey } from './source-choices.ts';

export type ChosenSource = {
  /** What Connect connects to; null until someone chose in this window. */
  chosen: SourceSpec | null;
  /** Options last used with each source, by its key. */
  remembered: Readonly<Record<string, SourceSpec>>;
  /** A drone that did not answer is called again and again. */
  looking: boolean;
};

export type ChosenSourceStore = ReturnType<typeof createChosenSourceStore>;

export function createChosenSourceStore() {
  return createStore<ChosenSource>(() => ({ chosen: null, remembered: {}, looking: false }));
}

export function rememberSource(store: ChosenSourceStore, source: SourceSpec): void {
  store.setState(({ remembered }) => ({
    chosen: source,
    remembered: { ...remembered, [choiceKey(source)]: source },
  }));
}

/** The source Connect means: chosen here, else used last, else the one that needs nothing. */
export function chosenSource({ chosen }: ChosenSource, settings: Settings): SourceSpec {
  return chosen ?? settings.lastSource ?? { kind: 'simulator' };
}
