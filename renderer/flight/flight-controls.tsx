import { Gamepad2, Hand, OctagonX, PlaneLanding, PlaneTakeoff } from 'lucide-react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import type { FlightState } from '../../shared/flight.ts';
import { useStation } from '../station/deck.ts';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { reasonWords } from '../words/flight-words.ts';
import { say } from '../words/language.ts';
import { useFlight } from './flight.ts';
import styles from './flight-controls.module.css';
import { HoldButton } from './hold-button.tsx';
import { STOP_MOTORS_HOLD_MS, TAKE_OFF_HOLD_MS } from './hold-times.ts';
import { useHeldKey } from './use-flight-keys.ts';

/** Whether there is a drone to fly. */
function useDrone(): FlightState | null {
  return useStore(useFlight().store, ({ state }) => (state?.available ? state : null));
}

/** Take off, land, stop, and the red one: beside the picture, at the pilot's left hand. A camera has none of them. */
export function FlightControls() {
  const flight = useFlight();
  const state = useDrone();
  const isHeld = useHeldKey();
  const panels = usePanels();
  const isOpen = useStore(panels.store, ({ drawer }) => drawer === 'manoeuvres');
  const isLost = useStation(({ link }) => link !== 'open');
  if (state === null) return null;
  const words = say().flight;
  const lost = isLost ? words.noLink : null;
  const isUp = state.couldBeFlying || state.phase === 'flying' || state.phase === 'landing';
  return (
    <section className={styles.controls} aria-label={words.controls}>
      <RailButton
        label={words.stop}
        caption={words.stop}
        tip={words.stopTip}
        shortcut={words.space}
        className={styles.stop}
        data-on={isUp}
        icon={<Hand />}
        onClick={() => flight.stop()}
      />
      {isUp ? (
        <RailButton
          label={words.land}
          caption={state.doing?.action === 'land' ? words.phases.landing : words.land}
          tip={words.landTip}
          shortcut={commands.land.key}
          className={styles.land}
          icon={<PlaneLanding />}
          onClick={() => flight.land()}
        />
      ) : (
        <HoldButton
          label={words.takeOff}
          caption={state.doing?.action === 'take-off' ? words.phases['taking-off'] : words.takeOff}
          tip={words.takeOffTip}
          icon={<PlaneTakeoff />}
          holdMs={TAKE_OFF_HOLD_MS}
          shortcut={commands['take-off'].key}
          disabledReason={lost ?? whyNotReady(state)}
          isHeldElsewhere={isHeld}
          onHeld={() => flight.takeOff()}
        />
      )}
      <HoldButton
        label={words.stopMotors}
        caption={words.stopMotorsShort}
        tip={words.stopMotorsTip}
        icon={<OctagonX />}
        holdMs={STOP_MOTORS_HOLD_MS}
        disabledReason={null}
        danger
        onHeld={() => flight.stopMotors()}
      />
      <RailButton
        label={say().commands.manoeuvres}
        shortcut={commands.manoeuvres.key}
        icon={<Gamepad2 />}
        aria-expanded={isOpen}
        onClick={() => panels.toggleDrawer('manoeuvres')}
      />
    </section>
  );
}

function whyNotReady({ ready, reasons }: FlightState): string | null {
  const [first] = reasons;
  if (ready || first === undefined) return null;
  const { says, tip } = reasonWords(first);
  return `${say().flight.notReady}: ${says} ${tip}`;
}
