import { useEffect, useRef, useState } from 'react';
import type { SettingsPatch } from '../../../shared/settings.ts';
import { useDeck, useStation } from '../../station/deck.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { usePanels } from '../../ui/panels.ts';
import { tellFailure } from '../../ui/tell-failure.ts';
import { useToasts } from '../../ui/toasts.ts';
import { say } from '../../words/language.ts';
import { decimal } from '../../words/time.ts';
import { useFlight } from '../flight.ts';
import { type Curve, shape } from '../sticks/curve.ts';
import type { PadState } from '../sticks/gamepad-sticks.ts';
import { FULL } from '../sticks/sticks.ts';
import styles from './manoeuvres-drawer.module.css';

/** Steps that can be felt apart. */
const DEAD_ZONES = [5, 12, 20, 30] as const;
const EXPOS = [1, 1.6, 2.5, 4] as const;
/** Reach of a stick in the drawing. */
const REACH = 34;

/** The pad in the hands, as it lies, and what becomes of it: a ring for the hand, a dot for the drone. */
export function GamepadGroup() {
  const { gamepad } = useFlight().hands;
  const drawing = useRef<SVGSVGElement>(null);
  const [state, setState] = useState<PadState>(gamepad.state);
  const { client } = useDeck();
  const toasts = useToasts();
  const panels = usePanels();
  const words = say().manoeuvres;
  const change = async (patch: SettingsPatch) => {
    const reply = await client.request('settings.set', patch);
    if (!reply.ok) tellFailure({ toasts, panels, what: 'settings', error: reply.error });
  };
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      setState(gamepad.state);
      const root = drawing.current;
      const seen = gamepad.seen;
      for (const [at, name] of (['left', 'right'] as const).entries()) {
        const [x = 0, y = 0] = seen?.axes.slice(2 * at, 2 * at + 2) ?? [];
        const out = seen?.shaped[at] ?? { x: 0, y: 0 };
        move(root?.querySelector(`[data-raw="${name}"]`), x, y);
        move(root?.querySelector(`[data-sent="${name}"]`), out.x / FULL, -out.y / FULL);
      }
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [gamepad]);
  const { padDeadZonePercent, padExpo } = useStation(({ settings }) => settings);
  const curve = { deadZone: padDeadZonePercent / 100, expo: padExpo };
  return (
    <>
      <p className={styles.note} role="status">
        {words.padStates[state]}
      </p>
      {state === 'none' ? null : (
        <svg
          ref={drawing}
          className={styles.pads}
          viewBox="0 0 240 80"
          role="img"
          aria-label={words.padShown}
        >
          {(['left', 'right'] as const).map((name, at) => (
            <g key={name} transform={`translate(${40 + 80 * at} 40)`}>
              <circle r={REACH} />
              <circle r={REACH * curve.deadZone} className={styles.zone} />
              <circle r="6" className={styles.raw} data-raw={name} />
              <circle r="3.5" className={styles.sent} data-sent={name} />
            </g>
          ))}
          <rect x={166} y={6} width={2 * REACH} height={2 * REACH} />
          <path d={drawn(curve)} />
        </svg>
      )}
      {state === 'none' ? null : <p className={styles.note}>{words.padLegend}</p>}
      <ChoiceField
        label={words.deadZone}
        value={padDeadZonePercent}
        choices={DEAD_ZONES.map((value) => ({ value, label: `${value} %` }))}
        onChange={(next) => void change({ padDeadZonePercent: next })}
      />
      <ChoiceField
        label={words.expo}
        hint={words.expoAbout}
        value={padExpo}
        choices={EXPOS.map((value) => ({ value, label: decimal(value, 1) }))}
        onChange={(next) => void change({ padExpo: next })}
      />
    </>
  );
}

/** What becomes of a stick, from its middle to its end. */
function drawn(curve: Curve): string {
  const points = Array.from({ length: 35 }, (_, at) => {
    const x = at / 34;
    const y = shape(x, 0, curve).x / FULL;
    return `${(166 + x * 2 * REACH).toFixed(1)} ${(74 - y * 2 * REACH).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

function move(dot: Element | null | undefined, x: number, y: number): void {
  dot?.setAttribute('transform', `translate(${x * REACH} ${y * REACH})`);
}
