import { Check, Plane, Play } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { type Item, itemThumbnailPath } from '../../../shared/library.ts';
import { fileSize } from '../../words/file-size.ts';
import { say } from '../../words/language.ts';
import { timeOfDay } from '../../words/time.ts';
import { useLibrary } from '../library.ts';
import styles from './item-tile.module.css';

type ItemTileProps = {
  item: Item;
  index: number;
  /** Where Tab comes to in the grid. */
  isCurrent: boolean;
  onFocus(index: number): void;
  onOpen(id: string): void;
};

export function ItemTile({ item, index, isCurrent, onFocus, onOpen }: ItemTileProps) {
  const { items: list } = useLibrary();
  const isSelected = useStore(list.store, (state) => state.selected.has(item.id));
  const words = say().gallery;
  const time = timeOfDay(item.takenAtMs);
  return (
    <li className={styles.tile} data-selected={isSelected}>
      <button
        type="button"
        className={styles.open}
        data-index={index}
        tabIndex={isCurrent ? 0 : -1}
        aria-label={words.open[item.kind](time)}
        onFocus={() => onFocus(index)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) list.toggle(item.id);
          else onOpen(item.id);
        }}
      >
        <Picture key={item.changedAtMs} item={item} />
      </button>
      <label className={styles.pick}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={isSelected}
          aria-label={words.pick(item.fileName)}
          onChange={() => list.toggle(item.id)}
        />
        <Check aria-hidden="true" />
      </label>
      <p className={styles.time}>{time}</p>
      <p className={styles.name} title={item.fileName}>
        {item.fileName} · {fileSize(item.sizeBytes)}
      </p>
    </li>
  );
}

function Picture({ item }: { item: Item }) {
  const [broken, setBroken] = useState(false);
  if (item.kind === 'flight' || broken) {
    return (
      <span className={styles.none}>
        {item.kind === 'flight' ? <Plane aria-hidden="true" /> : item.mediaType}
      </span>
    );
  }
  return (
    <>
      <img
        className={styles.picture}
        src={`${itemThumbnailPath(item.id)}?${item.changedAtMs}`}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
      {item.kind === 'film' ? <Play className={styles.play} aria-hidden="true" /> : null}
    </>
  );
}
