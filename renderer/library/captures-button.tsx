import { Images } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { thumbnailPath } from '../../shared/captures.ts';
import { useStation } from '../station/deck.ts';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import styles from './captures-button.module.css';

/** Opens the captures; wears the newest of them. */
export function CapturesButton() {
  const newest = useStation((state) => state.captures[0]?.id ?? null);
  const count = useStation((state) => state.captures.length);
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.drawer === 'captures');
  const [brokenId, setBrokenId] = useState<string | null>(null);
  const picture = newest !== null && newest !== brokenId ? newest : null;
  return (
    <RailButton
      label={count > 0 ? say().captures.count(count) : say().captures.captures}
      aria-expanded={open}
      icon={
        picture ? (
          <img
            key={picture}
            className={styles.newest}
            src={thumbnailPath(picture)}
            alt=""
            onError={() => setBrokenId(picture)}
          />
        ) : (
          <Images />
        )
      }
      onClick={() => panels.toggleDrawer('captures')}
    />
  );
}
