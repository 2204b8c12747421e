import { type Axis, FULL, NEUTRAL, type Sticks } from './sticks.ts';

/** With Shift everything is slow: for doors, and for first flights. */
const SLOW_PERCENT = 40;

type Push = { axis: Axis; way: 1 | -1 };

/**
 * By the place of the key, not by its letter, so that other layouts fly alike. As everybody in this
 * field has it: W S climb and sink, A D turn, arrows go.
 */
const pushes: Readonly<Record<string, Push>> = {
  KeyW: { axis: 'up', way: 1 },
  KeyS: { axis: 'up', way: -1 },
  KeyA: { axis: 'yaw', way: -1 },
  KeyD: { axis: 'yaw', way: 1 },
  ArrowUp: { axis: 'forward', way: 1 },
  ArrowDown: { axis: 'forward', way: -1 },
  ArrowLeft: { axis: 'right', way: -1 },
  ArrowRight: { axis: 'right', way: 1 },
};

/** Systems repeat the newest key that is held, within a second. One that went silent has lost its keyup. */
const STUCK_AFTER_MS = 1_500;
/** Once the newest was let go the others stay silent, however truly they are held. */
const SILENT_AFTER_MS = 4_000;

/** The keys that are down. */
export class KeyboardSticks {
  readonly #down = new Set<string>();
  #newest = '';
  #heardAtMs = 0;
  #slow = false;

  /** Whether the key is one of the sticks'. */
  static flies(code: string): boolean {
    return Object.hasOwn(pushes, code);
  }

  press(code: string, shift: boolean, nowMs: number): void {
    this.#down.add(code);
    this.#newest = code;
    this.#slow = shift;
    this.#heardAtMs = nowMs;
  }

  release(code: string, shift: boolean, nowMs: number): void {
    this.#down.delete(code);
    this.#slow = shift;
    this.#heardAtMs = nowMs;
  }

  letGo(): void {
    this.#down.clear();
  }

  /** What is held now. `repeats`: whether this keyboard was seen to repeat held keys. */
  read(nowMs: number, repeats: boolean): Sticks {
    // A keyup that went to another window never comes; only a keyboard that repeats tells so.
    const patienceMs = this.#down.has(this.#newest) ? STUCK_AFTER_MS : SILENT_AFTER_MS;
    if (repeats && nowMs - this.#heardAtMs > patienceMs) this.letGo();
    const sticks = { ...NEUTRAL };
    const size = this.#slow ? SLOW_PERCENT : FULL;
    for (const code of this.#down) {
      const push = pushes[code];
      if (push !== undefined) sticks[push.axis] += push.way * size;
    }
    return sticks;
  }
}
