import { Settings } from 'lucide-react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { Button } from '../ui/button.tsx';
import { usePanels } from '../ui/panels.ts';

export function SettingsButton() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'settings');
  return (
    <Button
      label="Settings"
      shortcut={commands.settings.key}
      icon={<Settings />}
      aria-expanded={open}
      onClick={() => panels.toggleDrawer('settings')}
    />
  );
}
