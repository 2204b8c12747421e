import { Settings } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { Button } from '../ui/button.tsx';
import { toggleDrawer, usePanels } from '../ui/panels.ts';

export function SettingsButton() {
  const open = usePanels((state) => state.drawer === 'settings');
  return (
    <Button
      label="Settings"
      shortcut={commands.settings.key}
      icon={<Settings />}
      aria-expanded={open}
      onClick={() => toggleDrawer('settings')}
    />
  );
}
