import { FolderOpen, Images } from 'lucide-react';
import { useStore } from 'zustand';
import { type Capture, RECENT_CAPTURES, thumbnailPath } from '../../shared/captures.ts';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { usePanels } from '../ui/panels.ts';
import { fileSize } from '../words/file-size.ts';
import { timeOfDay } from '../words/time.ts';
import styles from './captures-drawer.module.css';
import { useLibrary } from './library.ts';

/** The last photos, newest first. */
export function CapturesDrawer() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'captures');
  const captures = useStation((state) => state.captures);
  const folder = useStation((state) => state.host?.photoFolder ?? null);
  return (
    <Drawer open={open} title="Captures" onClose={panels.closeDrawer}>
      {captures.length === 0 ? (
        <div className={styles.none}>
          <Images aria-hidden="true" />
          <p>
            No photos yet. Press <kbd>{commands.capture.key}</kbd> while a picture is live.
          </p>
        </div>
      ) : (
        <ul className={styles.list}>
          {captures.map((capture) => (
            <OneCapture key={capture.id} capture={capture} />
          ))}
        </ul>
      )}
      <p className={styles.note}>
        {captures.length >= RECENT_CAPTURES ? `The last ${RECENT_CAPTURES} are shown here. ` : ''}
        {folder ? `Photos are kept in ${folder}` : ''}
      </p>
    </Drawer>
  );
}

function OneCapture({ capture }: { capture: Capture }) {
  const panels = usePanels();
  const { showInFolder } = useLibrary();
  const canShow = useStation((state) => state.host?.canShowInFolder ?? false);
  return (
    <li className={styles.capture}>
      <button
        type="button"
        className={styles.view}
        aria-label={`View the photo of ${timeOfDay(capture.takenAtMs)}`}
        onClick={() => panels.openSheet(`photo:${capture.id}`)}
      >
        <img
          className={styles.picture}
          src={thumbnailPath(capture.id)}
          alt={`What ${capture.sourceName} saw`}
          loading="lazy"
        />
      </button>
      <div className={styles.facts}>
        <p className={styles.when}>
          {timeOfDay(capture.takenAtMs)}
          <span className={styles.source}>{capture.sourceName}</span>
        </p>
        <p className={styles.detail}>
          {capture.width} × {capture.height} · {capture.format.toUpperCase()} ·{' '}
          {fileSize(capture.sizeBytes)}
        </p>
        {canShow ? null : <p className={styles.detail}>{capture.fileName}</p>}
      </div>
      {canShow ? (
        <Button
          label="Show in folder"
          icon={<FolderOpen />}
          onClick={() => void showInFolder(capture.id)}
        />
      ) : null}
    </li>
  );
}
