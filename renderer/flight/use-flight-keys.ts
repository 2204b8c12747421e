import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type Flight, useFlight } from './flight.ts';
import { TAKE_OFF_HOLD_MS } from './hold-times.ts';
import { KeyboardSticks } from './sticks/keyboard-sticks.ts';

/** Where keys are text: there a space is one. */
const TAKES_TEXT =
  'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]:not([contenteditable="false"])';
/** Where keys move through a list as well: there they fly nothing. */
const TAKES_KEYS = `${TAKES_TEXT}, select, [role="menu"], [role="slider"], [role="radiogroup"]`;

const held = createStore<{ isTakeOffHeld: boolean }>(() => ({ isTakeOffHeld: false }));

/** Whether the key for take-off is down. */
export function useHeldKey(): boolean {
  return useStore(held, ({ isTakeOffHeld }) => isTakeOffHeld);
}

/**
 * The keys that fly: sticks, take-off (held), land, stop. `isAsked`: a question stands over the picture;
 * then only stop and letting go count.
 */
export function useFlightKeys(isAsked: () => boolean): void {
  const flight = useFlight();
  useEffect(() => listenToKeys(flight, isAsked), [flight, isAsked]);
}

function listenToKeys(flight: Flight, isAsked: () => boolean): () => void {
  let takeOff: ReturnType<typeof setTimeout> | undefined;
  const letTakeOffGo = () => {
    clearTimeout(takeOff);
    takeOff = undefined;
    held.setState({ isTakeOffHeld: false });
  };

  const onDown = (event: KeyboardEvent) => {
    const { state } = flight.store.getState();
    const { code, repeat } = event;
    if (state?.available !== true) return;
    const isIn = (places: string) =>
      event.target instanceof Element && event.target.closest(places) !== null;
    const isUp = state.couldBeFlying || state.phase === 'flying';
    if (code === 'Space' && isUp && !isIn(TAKES_TEXT)) {
      // Whatever has the focus, whatever else is held: in the air this key is for stopping, and nothing else.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!repeat) flight.stop();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isIn(TAKES_KEYS) || isAsked()) return;
    if (KeyboardSticks.flies(code)) {
      event.preventDefault();
      flight.hands.key(code, true, event);
    } else if (event.key.toUpperCase() === 'L' && !repeat && isUp) {
      event.preventDefault();
      flight.land();
    } else if (event.key.toUpperCase() === 'T' && !repeat && !isUp && state.ready) {
      event.preventDefault();
      held.setState({ isTakeOffHeld: true });
      takeOff ??= setTimeout(() => {
        letTakeOffGo();
        flight.takeOff();
      }, TAKE_OFF_HOLD_MS);
    }
  };
  const onUp = (event: KeyboardEvent) => {
    if (event.code === 'Space') {
      const { state } = flight.store.getState();
      const isText = event.target instanceof Element && event.target.closest(TAKES_TEXT) !== null;
      // A button that has the focus is pressed when this key comes up.
      if (state?.available === true && state.couldBeFlying && !isText) event.preventDefault();
    }
    if (event.key.toUpperCase() === 'T') letTakeOffGo();
    // Always, wherever it is pressed by now: a key that is up flies nothing.
    if (KeyboardSticks.flies(event.code)) flight.hands.key(event.code, false, event);
  };

  window.addEventListener('keydown', onDown, { capture: true });
  window.addEventListener('keyup', onUp, { capture: true });
  window.addEventListener('blur', letTakeOffGo);
  return () => {
    window.removeEventListener('keydown', onDown, { capture: true });
    window.removeEventListener('keyup', onUp, { capture: true });
    window.removeEventListener('blur', letTakeOffGo);
    letTakeOffGo();
  };
}
