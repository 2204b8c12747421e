import { type PointerEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useMedia } from '../ui/use-media.ts';
import { say } from '../words/language.ts';
import { useFlight } from './flight.ts';
import { shape } from './sticks/curve.ts';
import type { Sticks } from './sticks/sticks.ts';
import styles from './touch-sticks.module.css';

/** A thumb trembles; and gently around the middle flies better. */
const CURVE = { deadZone: 0.1, expo: 1.5 };

/** Two sticks for thumbs, at the lower corners: left climbs and turns, right goes. Only where fingers point. */
export function TouchSticks() {
  const flight = useFlight();
  const isFlying = useStore(
    flight.store,
    ({ state }) => state?.available === true && state.phase === 'flying',
  );
  const hasFingers = useMedia('(any-pointer: coarse)');
  if (!isFlying || !hasFingers) return null;
  const words = say().flight;
  return (
    <div className={styles.sticks}>
      <ThumbStick side="left" label={words.leftStick} means={(x, y) => ({ yaw: x, up: y })} />
      <ThumbStick
        side="right"
        label={words.rightStick}
        means={(x, y) => ({ right: x, forward: y })}
      />
    </div>
  );
}

type ThumbStickProps = {
  side: 'left' | 'right';
  label: string;
  means(x: number, y: number): Partial<Sticks>;
};

function ThumbStick({ side, label, means }: ThumbStickProps) {
  const { hands } = useFlight();
  const pad = useRef<HTMLDivElement>(null);
  const knob = useRef<HTMLSpanElement>(null);
  const pointer = useRef<number | null>(null);

  const move = (event: PointerEvent) => {
    if (event.pointerId !== pointer.current || pad.current === null) return;
    const box = pad.current.getBoundingClientRect();
    const reach = box.width / 2;
    const x = (event.clientX - box.left - reach) / reach;
    const y = -(event.clientY - box.top - reach) / reach;
    const way = Math.max(1, Math.hypot(x, y));
    if (knob.current !== null) {
      knob.current.style.transform = `translate(${(50 * x) / way}%, ${(-50 * y) / way}%)`;
    }
    const shaped = shape(x, y, CURVE);
    hands.thumb(side, means(shaped.x, shaped.y));
  };
  const leave = (event: PointerEvent) => {
    if (event.pointerId === pointer.current) letGo();
  };
  const letGo = () => {
    pointer.current = null;
    if (knob.current !== null) knob.current.style.transform = '';
    hands.thumb(side, null);
  };
  useEffect(() => () => hands.thumb(side, null), [hands, side]);

  return (
    <div
      ref={pad}
      className={styles.pad}
      data-side={side}
      data-testid={`stick-${side}`}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        if (pointer.current !== null) return;
        pointer.current = event.pointerId;
        // The thumb may slide off the stick, and still holds it.
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={move}
      onPointerUp={leave}
      onPointerCancel={leave}
      onLostPointerCapture={leave}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span ref={knob} className={styles.knobWay}>
        <span className={styles.knob} />
      </span>
    </div>
  );
}
