import { type FormEvent, useId, useState } from 'react';
import type { Camera } from '../../shared/cameras.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { useDeck, useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import field from '../ui/field.module.css';
import { closeSheet, usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useChosenSource } from './chosen-source.ts';
import styles from './options-sheet.module.css';
import { distinctModes, modeName } from './source-choices.ts';

const AUTOMATIC = 'auto';

/** In which size and rate a camera is opened. */
export function WebcamSheet() {
  const sheet = usePanels((state) => state.sheet);
  const device = typeof sheet === 'object' ? (sheet?.webcam ?? null) : null;
  const camera = useStation((state) => state.cameras?.find((known) => known.device === device));
  return (
    <Sheet
      open={camera !== undefined}
      title={camera?.name ?? ''}
      description="Automatic takes the camera’s best size at a smooth rate."
      onClose={closeSheet}
    >
      {camera ? <Options camera={camera} /> : null}
    </Sheet>
  );
}

function Options({ camera }: { camera: Camera }) {
  const { actions } = useDeck();
  const remembered = useChosenSource((state) => state.remembered[`webcam:${camera.device}`]);
  const used = remembered?.kind === 'webcam' ? remembered.mode : undefined;
  const [choice, setChoice] = useState(used ? modeName(used) : AUTOMATIC);
  const id = useId();
  const modes = distinctModes(camera);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const mode = modes.find((known) => modeName(known) === choice);
    const source: SourceSpec = {
      kind: 'webcam',
      device: camera.device,
      ...(mode ? { mode: { width: mode.width, height: mode.height, fps: mode.fps } } : {}),
    };
    closeSheet();
    void actions.connect(source);
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={field.field}>
        <label className={field.label} htmlFor={id}>
          Size and rate
        </label>
        <select
          id={id}
          className={field.input}
          value={choice}
          onChange={(event) => setChoice(event.target.value)}
        >
          <option value={AUTOMATIC}>Automatic</option>
          {modes.map((mode) => (
            <option key={modeName(mode)} value={modeName(mode)}>
              {modeName(mode)}
            </option>
          ))}
        </select>
        <span className={field.hint}>{camera.device}</span>
      </div>
      <div className={styles.end}>
        <Button type="submit" label="Connect" look="fill">
          Connect
        </Button>
      </div>
    </form>
  );
}
