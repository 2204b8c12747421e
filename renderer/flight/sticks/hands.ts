import type { StationClient } from '../../../shared/client.ts';
import { type FlightStore, isPilot } from '../flight-store.ts';
import { GamepadSticks } from './gamepad-sticks.ts';
import { KeyboardSticks } from './keyboard-sticks.ts';
import { StickSender } from './stick-sender.ts';
import { isNeutral, NEUTRAL, type Sticks, together } from './sticks.ts';

/** All that this page's sticks are moved with: keys, thumbs on the screen, a gamepad. */
export type Hands = {
  /** A key of the sticks went down or up. */
  key(code: string, isDown: boolean, event: { shiftKey: boolean; repeat: boolean }): void;
  /** A thumb on the screen; null when it left. */
  thumb(side: 'left' | 'right', place: Partial<Sticks> | null): void;
  /** Everything to zero, and only what is moved anew counts. */
  letGo(): void;
  /** As sent last. */
  readonly sent: Sticks;
  readonly gamepad: GamepadSticks;
  dispose(): void;
};

type HandsParts = { client: StationClient; store: FlightStore };

export function createHands({ client, store }: HandsParts): Hands {
  const keyboard = new KeyboardSticks();
  const gamepad = new GamepadSticks();
  const thumbs: Record<'left' | 'right', Sticks> = { left: NEUTRAL, right: NEUTRAL };
  const nowMs = () => performance.now();
  let repeats = false;

  const read = () => {
    if (store.getState().state?.available !== true) return NEUTRAL;
    // Pads speak to unfocused windows too, on some systems: nobody looks at this one.
    const pad = document.hasFocus() ? gamepad.read(nowMs()) : NEUTRAL;
    return together([keyboard.read(nowMs(), repeats), thumbs.left, thumbs.right, pad]);
  };
  const sender = new StickSender({
    client,
    read,
    isFlying: () => {
      const { state, you } = store.getState();
      return isPilot({ state, you }) && state?.couldBeFlying === true;
    },
    nowMs,
  });

  function letGo(): void {
    keyboard.letGo();
    thumbs.left = NEUTRAL;
    thumbs.right = NEUTRAL;
    gamepad.needNeutral();
    sender.look();
  }
  // Whoever looks away, or goes, flies no longer.
  const onHidden = () => {
    if (document.hidden) letGo();
  };
  window.addEventListener('blur', letGo);
  window.addEventListener('pagehide', letGo);
  document.addEventListener('visibilitychange', onHidden);

  // The clock runs only where there is something to fly.
  const unfollow = store.subscribe(({ state }) => {
    if (state?.available === true) sender.start();
    else sender.stop();
  });

  return {
    key(code, isDown, { shiftKey, repeat }) {
      if (repeat) repeats = true;
      if (isDown) keyboard.press(code, shiftKey, nowMs());
      else keyboard.release(code, shiftKey, nowMs());
      sender.look();
    },
    thumb(side, place) {
      thumbs[side] = place === null ? NEUTRAL : { ...NEUTRAL, ...place };
      if (place === null || isNeutral(thumbs[side])) sender.look();
    },
    letGo,
    get sent() {
      return sender.sent;
    },
    gamepad,
    dispose() {
      window.removeEventListener('blur', letGo);
      window.removeEventListener('pagehide', letGo);
      document.removeEventListener('visibilitychange', onHidden);
      unfollow();
      sender.stop();
    },
  };
}
