import { Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { padModes, type Settings, uiSizes } from '../../shared/settings.ts';
import { rotations } from '../../shared/view.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceField } from '../ui/choice-field.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { usePanels } from '../ui/panels.ts';
import { SwitchField } from '../ui/switch-field.tsx';
import { say } from '../words/language.ts';
import { FolderField } from './folder-field.tsx';
import { LanguageField } from './language-field.tsx';
import styles from './settings-drawer.module.css';
import { useSettingsEditor } from './settings-editor.ts';

/** What can be set. Every change counts at once; there is nothing to save. */
export function SettingsDrawer() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'settings');
  return (
    <Drawer
      open={open}
      title={say().settings.settings}
      closeLabel={say().settings.close}
      onClose={panels.closeDrawer}
    >
      <div className={styles.groups}>
        <ViewGroup />
        <FlightGroup />
        <PhotoGroup />
        <AppGroup />
      </div>
    </Drawer>
  );
}

function ViewGroup() {
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  const words = say().settings;
  return (
    <Group title={words.view}>
      <SwitchField
        label={words.mirror}
        checked={settings.mirror}
        onChange={(mirror) => void editor.change({ mirror })}
      />
      <ChoiceField
        label={words.rotate}
        value={settings.rotateDegrees}
        choices={rotations.map((value) => ({ value, label: `${value}°` }))}
        onChange={(rotateDegrees) => void editor.change({ rotateDegrees })}
      />
    </Group>
  );
}

/** Stick limits that can be felt apart. */
const LIMITS = [30, 60, 100] as const;

function FlightGroup() {
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  const words = say().flight;
  return (
    <Group title={words.fly}>
      <SwitchField
        label={words.showHud}
        checked={settings.hud}
        onChange={(hud) => void editor.change({ hud })}
      />
      <SwitchField
        label={words.speakWarnings}
        checked={settings.speakWarnings}
        onChange={(speakWarnings) => void editor.change({ speakWarnings })}
      />
      <ChoiceField
        label={words.stickLimit}
        hint={words.stickLimitAbout}
        value={settings.stickLimitPercent}
        choices={LIMITS.map((value) => ({ value, label: `${value} %` }))}
        onChange={(stickLimitPercent) => void editor.change({ stickLimitPercent })}
      />
      <ChoiceField
        label={words.padMode}
        hint={words.padModeAbout}
        value={settings.padMode}
        choices={padModes.map((value) => ({ value, label: String(value) }))}
        onChange={(padMode) => void editor.change({ padMode })}
      />
    </Group>
  );
}

function PhotoGroup() {
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  const words = say().settings;
  return (
    <Group title={words.photos}>
      <ChoiceField
        label={words.format}
        hint={settings.photoFormat === 'png' ? words.pngAbout : words.jpegAbout}
        value={settings.photoFormat}
        choices={[
          { value: 'jpeg', label: 'JPEG' },
          { value: 'png', label: 'PNG' },
        ]}
        onChange={(photoFormat) => void editor.change({ photoFormat })}
      />
      <SwitchField
        label={words.asViewed}
        hint={words.asViewedAbout}
        checked={settings.photoAsViewed}
        onChange={(photoAsViewed) => void editor.change({ photoAsViewed })}
      />
      <FolderField />
    </Group>
  );
}

const readerHints: Record<Settings['reader'], () => string> = {
  auto: () => say().settings.readerAuto,
  ffmpeg: () => say().settings.readerFfmpeg,
  opencv: () => say().settings.readerOpencv,
};

function AppGroup() {
  const panels = usePanels();
  const editor = useSettingsEditor();
  const settings = useStation((state) => state.settings);
  const words = say().settings;
  const host = useStation((state) => state.host);
  return (
    <Group title={words.app}>
      <LanguageField />
      <ChoiceField
        label={words.theme}
        value={settings.theme}
        choices={[
          { value: 'system', label: words.system },
          { value: 'light', label: words.light },
          { value: 'dark', label: words.dark },
        ]}
        onChange={(theme) => void editor.change({ theme })}
      />
      <ChoiceField
        label={words.size}
        value={settings.uiSizePercent}
        choices={uiSizes.map((value) => ({ value, label: `${value} %` }))}
        onChange={(uiSizePercent) => void editor.change({ uiSizePercent })}
      />
      <ChoiceField
        label={words.reader}
        hint={readerHints[settings.reader]()}
        value={settings.reader}
        choices={[
          { value: 'auto', label: words.automatic },
          { value: 'ffmpeg', label: 'FFmpeg' },
          { value: 'opencv', label: 'OpenCV' },
        ]}
        onChange={(reader) => void editor.change({ reader })}
      />
      <Button
        label={words.shortcuts}
        look="outline"
        icon={<Keyboard />}
        shortcut={commands.shortcuts.key}
        onClick={() => panels.openSheet('shortcuts')}
      >
        {words.shortcuts}
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
