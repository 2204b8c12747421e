import type { Settings } from '../../../shared/settings.ts';
import { type Curve, shape } from './curve.ts';
import { isNeutral, NEUTRAL, type Sticks } from './sticks.ts';

/** A pad whose report does not change while a stick is off centre is frozen: a hand is never so still for so long. */
const FROZEN_AFTER_MS = 1_000;

type Place = { x: number; y: number };
/** For a person to look at: the pad's own axes, and both sticks in percent, right and up, after the curve. */
type Seen = { axes: readonly number[]; shaped: readonly [left: Place, right: Place] };

export type PadState = 'none' | 'ready' | 'frozen' | 'let-go-first';

/** The first gamepad with the standard layout, read when asked. Only the sticks fly: no button does. */
export class GamepadSticks {
  /** Which stick does what. 2 is what most pilots fly. */
  mode: Settings['padMode'] = 2;
  curve: Curve = { deadZone: 0.12, expo: 1.6 };
  #state: PadState = 'none';
  #index: number | null = null;
  #neutralNeeded = true;
  #timestamp = 0;
  #movedAtMs = 0;

  #seen: Seen | null = null;

  /** As the pad lay when it was read last; null without one. */
  get seen(): Seen | null {
    return this.#seen;
  }

  get state(): PadState {
    return this.#state;
  }

  needNeutral(): void {
    this.#neutralNeeded = true;
  }

  read(nowMs: number): Sticks {
    const pad = navigator.getGamepads?.().find((each) => each?.connected && each.axes.length >= 4);
    if (pad === undefined || pad === null) {
      this.#index = null;
      this.#seen = null;
      this.#state = 'none';
      return NEUTRAL;
    }
    if (pad.index !== this.#index) {
      // A new one, or one that came back: it may lie off centre.
      this.#index = pad.index;
      this.#neutralNeeded = true;
      this.#movedAtMs = nowMs;
    }
    if (pad.timestamp !== this.#timestamp) {
      this.#timestamp = pad.timestamp;
      this.#movedAtMs = nowMs;
    }
    const sticks = this.#sticks(pad.axes);
    if (isNeutral(sticks)) this.#neutralNeeded = false;
    else if (nowMs - this.#movedAtMs > FROZEN_AFTER_MS) {
      this.#neutralNeeded = true;
      this.#state = 'frozen';
      return NEUTRAL;
    }
    this.#state = this.#neutralNeeded ? 'let-go-first' : 'ready';
    return this.#neutralNeeded ? NEUTRAL : sticks;
  }

  #sticks(axes: readonly number[]): Sticks {
    const [leftX = 0, leftY = 0, rightX = 0, rightY = 0] = axes;
    // Pads count down as positive.
    const left = shape(leftX, -leftY, this.curve);
    const right = shape(rightX, -rightY, this.curve);
    this.#seen = { axes, shaped: [left, right] };
    switch (this.mode) {
      case 1:
        return { forward: left.y, yaw: left.x, up: right.y, right: right.x };
      case 2:
        return { up: left.y, yaw: left.x, forward: right.y, right: right.x };
      case 3:
        return { forward: left.y, right: left.x, up: right.y, yaw: right.x };
      case 4:
        return { up: left.y, right: left.x, forward: right.y, yaw: right.x };
    }
  }
}
