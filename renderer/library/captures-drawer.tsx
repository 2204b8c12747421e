import { FolderOpen, Images } from 'lucide-react';
import { useStore } from 'zustand';
import { type Capture, RECENT_CAPTURES, thumbnailPath } from '../../shared/captures.ts';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { usePanels } from '../ui/panels.ts';
import { fileSize } from '../words/file-size.ts';
import { say } from '../words/language.ts';
import { timeOfDay } from '../words/time.ts';
import styles from './captures-drawer.module.css';
import { useLibrary } from './library.ts';

/** The last photos, newest first. */
export function CapturesDrawer() {
  const panels = usePanels();
  const words = say().captures;
  const open = useStore(panels.store, (state) => state.drawer === 'captures');
  const captures = useStation((state) => state.captures);
  const folder = useStation((state) => state.host?.photoFolder ?? null);
  return (
    <Drawer
      open={open}
      title={words.captures}
      closeLabel={words.close}
      onClose={panels.closeDrawer}
    >
      {captures.length === 0 ? (
        <div className={styles.none}>
          <Images aria-hidden="true" />
          <p>{words.noneYet(commands.capture.key)}</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {captures.map((capture) => (
            <OneCapture key={capture.id} capture={capture} />
          ))}
        </ul>
      )}
      <Button
        label={say().gallery.library}
        look="outline"
        icon={<Images />}
        shortcut={commands.library.key}
        onClick={() => panels.openSheet('library')}
      >
        {say().gallery.library}
      </Button>
      <p className={styles.note}>
        {captures.length >= RECENT_CAPTURES ? `${words.lastShown(RECENT_CAPTURES)} ` : ''}
        {folder ? words.keptIn(folder) : ''}
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
        aria-label={say().captures.viewOf(timeOfDay(capture.takenAtMs))}
        onClick={() => panels.openSheet(`photo:${capture.id}`)}
      >
        <img
          className={styles.picture}
          src={thumbnailPath(capture.id)}
          alt={say().captures.seenBy(capture.sourceName)}
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
          label={say().captures.showInFolder}
          icon={<FolderOpen />}
          onClick={() => void showInFolder(capture.id)}
        />
      ) : null}
    </li>
  );
}
