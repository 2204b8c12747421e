import { FolderOpen, Trash2, X } from 'lucide-react';
import { Dialog, ToggleGroup } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { closeShortcut } from '../../../shared/commands.ts';
import type { ItemKind } from '../../../shared/library.ts';
import { Button } from '../../ui/button.tsx';
import { useFocusReturn } from '../../ui/focus-return.ts';
import { usePanels } from '../../ui/panels.ts';
import { TipSideContext } from '../../ui/tip.tsx';
import { headlineOf, tipOf } from '../../words/error-words.ts';
import { say } from '../../words/language.ts';
import { useLibrary } from '../library.ts';
import { ItemGrid } from './item-grid.tsx';
import { ItemViewer } from './item-viewer.tsx';
import styles from './library-sheet.module.css';

/** Everything that was kept: photos, films and flights, day by day. */
export function LibrarySheet() {
  const panels = usePanels();
  const isOpen = useStore(panels.store, (state) => state.sheet === 'library');
  return isOpen ? <Sheet /> : null;
}

function Sheet() {
  const panels = usePanels();
  const library = useLibrary();
  const { items: list } = library;
  const { items, loading, error, folder, truncated, selected } = useStore(list.store);
  const [openId, setOpenId] = useState<string | null>(null);
  const focusReturn = useFocusReturn();
  const words = say().gallery;
  useEffect(() => {
    list.open();
    return () => list.close();
  }, [list]);
  const trash = (ids: readonly string[]) => void library.trash(ids);
  return (
    <Dialog.Root open onOpenChange={(open) => open || panels.closeSheet()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.sheet}
          aria-modal={true}
          aria-describedby={undefined}
          // Messages lie over it, and their buttons are no way out.
          onInteractOutside={(event) => event.preventDefault()}
          onEscapeKeyDown={(event) => {
            // One step back at a time.
            if (openId === null) return;
            event.preventDefault();
            setOpenId(null);
          }}
          {...focusReturn}
        >
          {/* What lies under an open item is out of reach for the keyboard as well. */}
          <div className={styles.gallery} inert={openId !== null}>
            <TipSideContext value="bottom">
              <header className={styles.bar}>
                <Dialog.Title className={styles.title}>{words.library}</Dialog.Title>
                <Kinds />
                {selected.size > 0 ? (
                  <Button
                    label={words.trashSelected(selected.size)}
                    icon={<Trash2 />}
                    onClick={() => trash([...selected])}
                  >
                    {words.trashSelected(selected.size)}
                  </Button>
                ) : null}
                <Button
                  label={words.close}
                  icon={<X />}
                  shortcut={closeShortcut.key}
                  onClick={panels.closeSheet}
                />
              </header>
            </TipSideContext>
            {error !== null ? (
              <p className={styles.none}>
                {headlineOf(error.code)}. {tipOf(error)}
              </p>
            ) : null}
            {items.length === 0 && !loading && error === null ? (
              <p className={styles.none}>{words.nothing}</p>
            ) : (
              <ItemGrid openId={openId} onOpen={setOpenId} onTrash={trash} />
            )}
            <p className={styles.folder}>
              <FolderOpen aria-hidden="true" /> {folder}
              {truncated ? ` · ${words.truncated}` : ''}
            </p>
          </div>
          {openId === null ? null : (
            <ItemViewer id={openId} onGo={setOpenId} onClose={() => setOpenId(null)} />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const kinds = ['all', 'photo', 'film', 'flight'] as const;

function Kinds() {
  const { items: list } = useLibrary();
  const kind = useStore(list.store, (state) => state.kind);
  const counts = useStore(list.store, (state) => state.counts);
  const words = say().gallery;
  const countOf = (each: ItemKind | 'all') => {
    if (counts === null) return '';
    return String(each === 'all' ? counts.photo + counts.film + counts.flight : counts[each]);
  };
  return (
    <ToggleGroup.Root
      type="single"
      className={styles.kinds}
      aria-label={words.show}
      value={kind}
      onValueChange={(value) => {
        const chosen = kinds.find((each) => each === value);
        if (chosen !== undefined) list.show(chosen);
      }}
    >
      {kinds.map((each) => (
        <ToggleGroup.Item key={each} value={each} className={styles.kind}>
          {words.kinds[each]} <span className={styles.count}>{countOf(each)}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
