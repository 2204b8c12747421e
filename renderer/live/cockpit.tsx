import { type ReactNode, useRef } from 'react';
import { useStation } from '../station/deck.ts';
import { type TipSide, TipSideContext } from '../ui/tip.tsx';
import { say } from '../words/language.ts';
import styles from './cockpit.module.css';
import type { Arrangement } from './cockpit-layout.ts';
import { useAwake } from './use-awake.ts';
import { useCockpitLayout } from './use-cockpit-layout.ts';

/** What stands around the picture. A slot that is not given takes no room. */
type CockpitProps = {
  /** Text over the picture's upper edge. */
  header: ReactNode;
  /** What is looked through, at the upper left. */
  source: ReactNode;
  /** Flies the drone, at the lower left. Never fades. */
  flight?: ReactNode;
  /** Instruments over the picture: text and thin lines. */
  instruments?: ReactNode;
  /** Sticks for thumbs, at the lower corners. */
  sticks?: ReactNode;
  /** The app's own buttons, at the upper right. */
  app: ReactNode;
  /** What was taken, at the right. */
  captures: ReactNode;
  share?: ReactNode;
  shutter: ReactNode;
  record?: ReactNode;
};

const tipSides: Record<Arrangement, { left: TipSide; right: TipSide }> = {
  rails: { left: 'right', right: 'left' },
  edges: { left: 'right', right: 'left' },
  stack: { left: 'top', right: 'top' },
};

/**
 * The controls around the picture: beside it where there is room, under it in an upright window, and on
 * its edges only where the picture was made to fill the screen.
 */
export function Cockpit(slots: CockpitProps) {
  const active = useStation(({ status }) => status !== null && status.state !== 'idle');
  const { arrangement } = useCockpitLayout(active);
  const root = useRef<HTMLDivElement>(null);
  useAwake(root, active && arrangement === 'edges');
  if (!active) {
    return (
      <nav className={styles.corner} aria-label="Hoverdeck">
        <TipSideContext value="bottom">{slots.app}</TipSideContext>
      </nav>
    );
  }
  const sides = tipSides[arrangement];
  return (
    <div ref={root} className={styles.cockpit} tabIndex={-1} data-focus-home="">
      {slots.instruments}
      {slots.header}
      <nav className={`${styles.rail} ${styles.left}`} aria-label={say().sources.source}>
        <TipSideContext value={sides.left}>
          <div className={styles.group} data-fades="">
            {slots.source}
          </div>
          {slots.flight ? <div className={styles.group}>{slots.flight}</div> : null}
        </TipSideContext>
      </nav>
      <nav className={`${styles.rail} ${styles.right}`} aria-label={say().sources.camera}>
        <TipSideContext value={sides.right}>
          <div className={`${styles.group} ${styles.app}`} data-fades="">
            {slots.app}
          </div>
          <div className={`${styles.group} ${styles.camera}`} data-fades="">
            <div className={styles.kept}>
              {slots.captures}
              {slots.share}
            </div>
            <div className={styles.taking}>
              {slots.shutter}
              {slots.record}
            </div>
          </div>
        </TipSideContext>
      </nav>
      {slots.sticks}
    </div>
  );
}
