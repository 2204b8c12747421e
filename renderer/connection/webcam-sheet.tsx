import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { Camera } from '../../shared/cameras.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import field from '../ui/field.module.css';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import { useConnection } from './connection.ts';
import styles from './options-sheet.module.css';
import { cameraKey, distinctModes, modeName } from './source-choices.ts';

const AUTOMATIC = 'auto';

/** In which size and rate a camera is opened. */
export function WebcamSheet() {
  const panels = usePanels();
  const sheet = useStore(panels.store, (state) => state.sheet);
  const camera = useStation((state) =>
    state.cameras?.find(({ id }) => sheet === `options:${cameraKey(id)}`),
  );
  return (
    <Sheet
      open={camera !== undefined}
      title={camera?.name ?? ''}
      description={say().options.webcamAbout}
      onClose={panels.closeSheet}
    >
      {camera ? <Options camera={camera} /> : null}
    </Sheet>
  );
}

function Options({ camera }: { camera: Camera }) {
  const connection = useConnection();
  const panels = usePanels();
  const remembered = useStore(connection.store, (state) => state.remembered[cameraKey(camera.id)]);
  const used = remembered?.kind === 'webcam' ? remembered.mode : undefined;
  const [choice, setChoice] = useState(used ? modeName(used) : AUTOMATIC);
  const id = useId();
  const modes = distinctModes(camera);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const mode = modes.find((known) => modeName(known) === choice);
    const source: SourceSpec = {
      kind: 'webcam',
      device: camera.id,
      ...(mode ? { mode: { width: mode.width, height: mode.height, fps: mode.fps } } : {}),
    };
    panels.closeSheet();
    void connection.connect(source);
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={field.field}>
        <label className={field.label} htmlFor={id}>
          {say().options.sizeAndRate}
        </label>
        <select
          id={id}
          className={field.input}
          data-first-field=""
          value={choice}
          onChange={(event) => setChoice(event.target.value)}
        >
          <option value={AUTOMATIC}>{say().options.automatic}</option>
          {modes.map((mode) => (
            <option key={modeName(mode)} value={modeName(mode)}>
              {modeName(mode)}
            </option>
          ))}
        </select>
        <span className={field.hint}>{camera.device}</span>
      </div>
      <div className={styles.end}>
        <Button type="submit" label={say().connection.connect} look="fill">
          {say().connection.connect}
        </Button>
      </div>
    </form>
  );
}
