import {
  ArrowBigDown,
  ArrowBigDownDash,
  ArrowBigLeft,
  ArrowBigLeftDash,
  ArrowBigRight,
  ArrowBigRightDash,
  ArrowBigUp,
  ArrowBigUpDash,
  ChevronsDown,
  ChevronsUp,
  RotateCcw,
  RotateCw,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import {
  type FlipDirection,
  flipDirections,
  type MoveDirection,
  moveDirections,
} from '../../../shared/flight.ts';
import { useStation } from '../../station/deck.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { say } from '../../words/language.ts';
import { useFlight } from '../flight.ts';
import styles from './manoeuvres-drawer.module.css';

const DISTANCES_CM = [20, 50, 100, 200] as const;
const TURNS_DEGREES = [45, 90, 180] as const;
/** The vendor's own bound; main asks it again. */
const FLIP_PERCENT = 50;

const moveIcons: Record<MoveDirection, ReactNode> = {
  up: <ChevronsUp />,
  forward: <ArrowBigUp />,
  down: <ChevronsDown />,
  left: <ArrowBigLeft />,
  back: <ArrowBigDown />,
  right: <ArrowBigRight />,
};
const flipIcons: Record<FlipDirection, ReactNode> = {
  left: <ArrowBigLeftDash />,
  forward: <ArrowBigUpDash />,
  back: <ArrowBigDownDash />,
  right: <ArrowBigRightDash />,
};
/** As on a keypad: climbing, going on, sinking in the upper row. */
const moveOrder: readonly MoveDirection[] = Array.from(moveDirections).sort(
  (one, other) => Object.keys(moveIcons).indexOf(one) - Object.keys(moveIcons).indexOf(other),
);

/** By a distance, by an angle, and over: each is shown as done when the telemetry shows it. */
export function StepsGroup() {
  const flight = useFlight();
  const isFlying = useStore(flight.store, ({ state }) => state?.phase === 'flying');
  const battery = useStation(({ status }) => status?.drone?.batteryPercent ?? null);
  const [distanceCm, setDistanceCm] = useState<(typeof DISTANCES_CM)[number]>(50);
  const [degrees, setDegrees] = useState<(typeof TURNS_DEGREES)[number]>(90);
  const words = say().manoeuvres;
  const grounded = isFlying ? null : words.onlyInTheAir;
  const isLow = battery !== null && battery < FLIP_PERCENT;
  return (
    <>
      <ChoiceField
        label={words.distance}
        value={distanceCm}
        choices={DISTANCES_CM.map((value) => ({ value, label: `${value} cm` }))}
        onChange={(cm) => setDistanceCm(cm)}
      />
      <div className={styles.grid}>
        {moveOrder.map((direction) => (
          <Button
            key={direction}
            label={words.moves[direction]}
            look="outline"
            icon={moveIcons[direction]}
            disabledReason={grounded}
            onClick={() => flight.move(direction, distanceCm)}
          />
        ))}
      </div>
      <ChoiceField
        label={words.angle}
        value={degrees}
        choices={TURNS_DEGREES.map((value) => ({ value, label: `${value}°` }))}
        onChange={(turn) => setDegrees(turn)}
      />
      <div className={styles.grid}>
        <Button
          label={words.turnLeft}
          look="outline"
          icon={<RotateCcw />}
          disabledReason={grounded}
          onClick={() => flight.turn(-degrees)}
        />
        <span />
        <Button
          label={words.turnRight}
          look="outline"
          icon={<RotateCw />}
          disabledReason={grounded}
          onClick={() => flight.turn(degrees)}
        />
      </div>
      <p className={styles.name}>{say().flight.actions.flip}</p>
      <div className={`${styles.grid} ${styles.four}`}>
        {flipDirections.map((direction) => (
          <Button
            key={direction}
            label={words.flips[direction]}
            look="outline"
            icon={flipIcons[direction]}
            disabledReason={grounded ?? (isLow ? words.flipLow : null)}
            onClick={() => flight.flip(direction)}
          />
        ))}
      </div>
    </>
  );
}
