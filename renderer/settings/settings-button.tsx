import { Settings } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { toggleDrawer, usePanels } from '../ui/panels.ts';
import { keyOf } from '../ui/shortcuts.ts';

export function SettingsButton() {
  const open = usePanels((state) => state.drawer === 'settings');
  return (
    <Button
      label="Settings"
      shortcut={keyOf('settings')}
      icon={<Settings />}
      aria-expanded={open}
      onClick={() => toggleDrawer('settings')}
    />
  );
}
