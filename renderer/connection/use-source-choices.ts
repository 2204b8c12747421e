import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { useConnection } from './connection.ts';
import { choiceKey, type SourceChoice, sourceChoices } from './source-choices.ts';

/** The sources on offer, and which of them Connect means. */
export function useSourceChoices(): { choices: SourceChoice[]; currentKey: string } {
  const cameras = useStation((state) => state.cameras);
  const development = useStation((state) => state.host?.development ?? false);
  const lastSource = useStation((state) => state.settings.lastSource);
  const active = useStation((state) =>
    state.status && state.status.state !== 'idle' ? state.status.source : null,
  );
  const { chosen, remembered } = useStore(useConnection().store);

  const known = lastSource ? { [choiceKey(lastSource)]: lastSource, ...remembered } : remembered;
  const choices = sourceChoices(cameras ?? [], development, known);
  const current = active ?? chosen ?? lastSource;
  return { choices, currentKey: current ? choiceKey(current) : 'simulator' };
}
