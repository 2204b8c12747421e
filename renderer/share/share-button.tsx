import { Share2 } from 'lucide-react';
import { useStore } from 'zustand';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import { useShare } from './share.ts';

/** Opens the share sheet; tells how many watch. */
export function ShareButton() {
  const panels = usePanels();
  const watching = useStore(useShare().store, ({ sharing }) => sharing?.watching.length ?? 0);
  const words = say().share;
  return (
    <RailButton
      label={watching > 0 ? words.watchedBy(watching) : words.share}
      icon={<Share2 />}
      onClick={() => panels.openSheet('options:share')}
    />
  );
}
