import { ChevronLeft, ChevronRight, Copy, Download, FolderOpen, X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { type Capture, picturePath } from '../../shared/captures.ts';
import { closeShortcut } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { useFocusReturn } from '../ui/focus-return.ts';
import { usePanels } from '../ui/panels.ts';
import { TipSideContext } from '../ui/tip.tsx';
import { useToasts } from '../ui/toasts.ts';
import { fileSize } from '../words/file-size.ts';
import { say } from '../words/language.ts';
import { timeOfDay } from '../words/time.ts';
import { canCopyPictures, copyPicture } from './copy-picture.ts';
import { useLibrary } from './library.ts';
import styles from './photo-viewer.module.css';

/** One photo, as large as the window; its neighbours are an arrow away. */
export function PhotoViewer() {
  const panels = usePanels();
  const sheet = useStore(panels.store, (state) => state.sheet);
  const captures = useStation((state) => state.captures);
  const index = captures.findIndex((capture) => sheet === `photo:${capture.id}`);
  const capture = captures[index];
  const focusReturn = useFocusReturn();
  const words = say().captures;
  if (capture === undefined) return null;
  const go = (to: number) => {
    const next = captures[to];
    if (next) panels.openSheet(`photo:${next.id}`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(index - 1);
    else if (event.key === 'ArrowRight') go(index + 1);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || panels.closeSheet()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.viewer}
          aria-modal={true}
          aria-describedby={undefined}
          onKeyDown={onKey}
          {...focusReturn}
        >
          <TipSideContext value="bottom">
            <header className={styles.bar}>
              <div className={styles.facts}>
                <Dialog.Title className={styles.title}>{timeOfDay(capture.takenAtMs)}</Dialog.Title>
                <p className={styles.detail}>
                  {capture.sourceName} · {capture.width} × {capture.height} ·{' '}
                  {fileSize(capture.sizeBytes)}
                </p>
              </div>
              <Actions capture={capture} />
              <Button
                label={words.closePhoto}
                icon={<X />}
                shortcut={closeShortcut.key}
                onClick={panels.closeSheet}
              />
            </header>
          </TipSideContext>
          <Picture key={capture.id} capture={capture} />
          <Button
            label={words.newer}
            icon={<ChevronLeft />}
            shortcut="←"
            tipSide="right"
            className={styles.newer}
            disabledReason={index === 0 ? words.newest : null}
            onClick={() => go(index - 1)}
          />
          <Button
            label={words.older}
            icon={<ChevronRight />}
            shortcut="→"
            tipSide="left"
            className={styles.older}
            disabledReason={index === captures.length - 1 ? words.oldest : null}
            onClick={() => go(index + 1)}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Picture({ capture }: { capture: Capture }) {
  const [broken, setBroken] = useState(false);
  return broken ? (
    <p className={styles.broken}>{say().captures.broken(capture.fileName)}</p>
  ) : (
    <img
      className={styles.picture}
      src={picturePath(capture.id)}
      width={capture.width}
      height={capture.height}
      alt={say().captures.seenAt(capture.sourceName, timeOfDay(capture.takenAtMs))}
      onError={() => setBroken(true)}
    />
  );
}

function Actions({ capture }: { capture: Capture }) {
  const { showInFolder } = useLibrary();
  const toasts = useToasts();
  const words = say().captures;
  const canShow = useStation((state) => state.host?.canShowInFolder ?? false);
  const inBrowser = useStation((state) => state.host?.kind === 'browser');
  const copy = async () => {
    const copied = await copyPicture(picturePath(capture.id));
    toasts.show({
      key: 'copy',
      tone: copied ? 'neutral' : 'danger',
      title: copied ? words.copied : words.notCopied,
      ...(copied ? {} : { detail: words.notCopiedTip }),
    });
  };
  return (
    <>
      {inBrowser ? (
        <a
          className={styles.save}
          href={picturePath(capture.id)}
          download={capture.fileName}
          aria-label={words.saveCopy}
          title={words.saveCopy}
        >
          <Download aria-hidden="true" />
        </a>
      ) : null}
      {canShow ? (
        <Button
          label={words.showInFolder}
          icon={<FolderOpen />}
          onClick={() => void showInFolder(capture.id)}
        />
      ) : null}
      {canCopyPictures() ? (
        <Button label={words.copy} icon={<Copy />} onClick={() => void copy()} />
      ) : null}
    </>
  );
}
