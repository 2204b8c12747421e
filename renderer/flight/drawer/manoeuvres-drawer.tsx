import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { Drawer } from '../../ui/drawer.tsx';
import { usePanels } from '../../ui/panels.ts';
import { say } from '../../words/language.ts';
import { useFlight } from '../flight.ts';
import { ConsoleGroup } from './console-group.tsx';
import { DroneGroup } from './drone-group.tsx';
import { GamepadGroup } from './gamepad-group.tsx';
import styles from './manoeuvres-drawer.module.css';
import { StepsGroup } from './steps-group.tsx';
import { VideoGroup } from './video-group.tsx';

/** What is flown by the step, the pad in the hands, what the drone says of itself, and its own language. */
export function ManoeuvresDrawer() {
  const panels = usePanels();
  const isThere = useStore(useFlight().store, ({ state }) => state?.available === true);
  const open = useStore(panels.store, (state) => state.drawer === 'manoeuvres') && isThere;
  const words = say().manoeuvres;
  return (
    <Drawer open={open} title={words.title} closeLabel={words.close} onClose={panels.closeDrawer}>
      <div className={styles.groups}>
        <Group title={words.steps}>
          <StepsGroup />
        </Group>
        <Group title={words.gamepad}>
          <GamepadGroup />
        </Group>
        <Group title={words.drone}>
          <VideoGroup />
          <DroneGroup />
        </Group>
        <Group title={words.console}>
          <ConsoleGroup />
        </Group>
      </div>
    </Drawer>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      {children}
    </section>
  );
}
