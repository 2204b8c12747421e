import { Settings } from 'lucide-react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';

export function SettingsButton() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'settings');
  return (
    <RailButton
      label={say().settings.settings}
      shortcut={commands.settings.key}
      icon={<Settings />}
      aria-expanded={open}
      onClick={() => panels.toggleDrawer('settings')}
    />
  );
}
