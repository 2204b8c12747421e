import { ChevronLeft, ChevronRight, Download, FolderOpen, Pencil, Trash2, X } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { closeShortcut } from '../../../shared/commands.ts';
import { type Item, itemFilePath } from '../../../shared/library.ts';
import { useStation } from '../../station/deck.ts';
import { Button } from '../../ui/button.tsx';
import { TipSideContext } from '../../ui/tip.tsx';
import { fileSize } from '../../words/file-size.ts';
import { say } from '../../words/language.ts';
import { longDay, timeOfDay } from '../../words/time.ts';
import { useLibrary } from '../library.ts';
import styles from './item-viewer.module.css';
import { RenameForm } from './rename-form.tsx';

/** Plots are for those who look at flights: fetched then. */
const Replay = lazy(async () => ({ default: (await import('../replay/replay.tsx')).Replay }));

type ItemViewerProps = { id: string; onGo(id: string): void; onClose(): void };

/** One item, as large as the window; its neighbours are an arrow away. */
export function ItemViewer({ id, onGo, onClose }: ItemViewerProps) {
  const library = useLibrary();
  const items = useStore(library.items.store, (state) => state.items);
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  const root = useRef<HTMLElement>(null);
  const words = say().gallery;
  useEffect(() => root.current?.focus(), []);
  useEffect(() => {
    // Thrown away, here or by another program.
    if (item === undefined) onClose();
  }, [item, onClose]);
  if (item === undefined) return null;
  const go = (step: number) => {
    const next = items[index + step];
    if (next !== undefined) onGo(next.id);
  };
  const trash = () => {
    const next = items[index + 1] ?? items[index - 1];
    void library.trash([id]);
    if (next === undefined) onClose();
    else onGo(next.id);
  };
  const onKey = (event: KeyboardEvent) => {
    // In a film the arrows move through it, and in a text they move in it.
    if (event.target instanceof HTMLElement && event.target.closest('video, input')) return;
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'Delete') trash();
    else return;
    event.preventDefault();
  };
  return (
    <section
      ref={root}
      className={styles.viewer}
      aria-label={item.fileName}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <TipSideContext value="bottom">
        <header className={styles.bar}>
          <Facts key={id} item={item} onTrash={trash} />
          <Button label={words.back} icon={<X />} shortcut={closeShortcut.key} onClick={onClose} />
        </header>
      </TipSideContext>
      <Shown key={id} item={item} />
      <Button
        label={words.newer}
        icon={<ChevronLeft />}
        shortcut="←"
        tipSide="right"
        className={styles.newer}
        disabledReason={index === 0 ? words.newest : null}
        onClick={() => go(-1)}
      />
      <Button
        label={words.older}
        icon={<ChevronRight />}
        shortcut="→"
        tipSide="left"
        className={styles.older}
        disabledReason={index === items.length - 1 ? words.oldest : null}
        onClick={() => go(1)}
      />
    </section>
  );
}

function Facts({ item, onTrash }: { item: Item; onTrash(): void }) {
  const library = useLibrary();
  const [isRenaming, setRenaming] = useState(false);
  const words = say().gallery;
  const canShow = useStation((state) => state.host?.canShowInFolder ?? false);
  const inBrowser = useStation((state) => state.host?.kind === 'browser');
  return (
    <>
      {isRenaming ? (
        <RenameForm item={item} onDone={() => setRenaming(false)} />
      ) : (
        <div className={styles.facts}>
          <h3 className={styles.title}>
            {longDay(item.day)}, {timeOfDay(item.takenAtMs)}
          </h3>
          <p className={styles.detail}>
            {item.fileName} · {fileSize(item.sizeBytes)}
          </p>
        </div>
      )}
      <Button label={words.rename} icon={<Pencil />} onClick={() => setRenaming(!isRenaming)} />
      {inBrowser ? (
        <a
          className={styles.save}
          href={`${itemFilePath(item.id)}?download`}
          download={item.fileName}
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
          onClick={() => void library.showItem(item.id)}
        />
      ) : null}
      <Button label={words.trash} icon={<Trash2 />} shortcut="Delete" onClick={onTrash} />
    </>
  );
}

function Shown({ item }: { item: Item }) {
  const [isBroken, setBroken] = useState(false);
  const words = say().gallery;
  if (isBroken) return <p className={styles.broken}>{words.broken(item.fileName)}</p>;
  const address = itemFilePath(item.id);
  switch (item.kind) {
    case 'photo':
      return (
        <img
          className={styles.picture}
          src={address}
          alt={item.fileName}
          onError={() => setBroken(true)}
        />
      );
    case 'film':
      return (
        // biome-ignore lint/a11y/useMediaCaption: nobody speaks in it; a drone has no microphone.
        <video
          className={styles.picture}
          src={address}
          controls
          autoPlay
          playsInline
          onError={() => setBroken(true)}
        />
      );
    case 'flight':
      return (
        <Suspense fallback={<p className={styles.broken}>{words.opening}</p>}>
          <Replay item={item} onBroken={() => setBroken(true)} />
        </Suspense>
      );
  }
}
