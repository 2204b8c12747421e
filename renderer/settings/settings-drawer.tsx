import { Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import type { Settings } from '../../shared/settings.ts';
import { rotations } from '../../shared/view.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { usePanels } from '../ui/panels.ts';
import { SwitchField } from '../ui/switch-field.tsx';
import { FolderField } from './folder-field.tsx';
import styles from './settings-drawer.module.css';
import { useSettingsEditor } from './settings-editor.ts';

/** What can be set. Every change counts at once; there is nothing to save. */
export function SettingsDrawer() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'settings');
  return (
    <Drawer open={open} title="Settings" onClose={panels.closeDrawer}>
      <div className={styles.groups}>
        <ViewGroup />
        <PhotoGroup />
        <AppGroup />
      </div>
    </Drawer>
  );
}

function ViewGroup() {
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  return (
    <Group title="View">
      <SwitchField
        label="Mirror"
        checked={settings.mirror}
        onChange={(mirror) => void editor.change({ mirror })}
      />
      <ChoiceField
        label="Rotate"
        value={settings.rotateDegrees}
        choices={rotations.map((value) => ({ value, label: `${value}°` }))}
        onChange={(rotateDegrees) => void editor.change({ rotateDegrees })}
      />
    </Group>
  );
}

function PhotoGroup() {
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  return (
    <Group title="Photos">
      <ChoiceField
        label="Format"
        hint={
          settings.photoFormat === 'png'
            ? 'Lossless and much larger.'
            : 'Small, and what the camera sent.'
        }
        value={settings.photoFormat}
        choices={[
          { value: 'jpeg', label: 'JPEG' },
          { value: 'png', label: 'PNG' },
        ]}
        onChange={(photoFormat) => void editor.change({ photoFormat })}
      />
      <SwitchField
        label="As viewed"
        hint="Mirror and rotate photos like the view."
        checked={settings.photoAsViewed}
        onChange={(photoAsViewed) => void editor.change({ photoAsViewed })}
      />
      <FolderField />
    </Group>
  );
}

const readerHints: Record<Settings['reader'], string> = {
  auto: 'Takes whichever is installed and suits best.',
  ffmpeg: 'Always here. Passes the camera’s own JPEG through.',
  opencv: 'Works once OpenCV is installed. Used from the next Connect.',
};

function AppGroup() {
  const panels = usePanels();
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  const host = useStation((state) => state.host);
  return (
    <Group title="App">
      <ChoiceField
        label="Theme"
        value={settings.theme}
        choices={[
          { value: 'system', label: 'System' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
        onChange={(theme) => void editor.change({ theme })}
      />
      <ChoiceField
        label="Camera reader"
        hint={readerHints[settings.reader]}
        value={settings.reader}
        choices={[
          { value: 'auto', label: 'Automatic' },
          { value: 'ffmpeg', label: 'FFmpeg' },
          { value: 'opencv', label: 'OpenCV' },
        ]}
        onChange={(reader) => void editor.change({ reader })}
      />
      <Button
        label="Keyboard shortcuts"
        look="outline"
        icon={<Keyboard />}
        shortcut={commands.shortcuts.key}
        onClick={() => panels.openSheet('shortcuts')}
      >
        Keyboard shortcuts
      </Button>
      <p className={styles.version}>{host ? `Hoverdeck ${host.version}` : ''}</p>
    </Group>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}
