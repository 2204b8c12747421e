import type { Caller } from '../base/caller.ts';
import { StationError } from '../base/failures.ts';

/** Let go, with a hand or a pad that trembles. */
const NEUTRAL_PERCENT = 3;

type PilotParts = {
  /** Who said nothing for so long may be relieved by whoever acts. */
  silentMs: number;
  /** The hands changed or left; sticks are to be zero at once. */
  onChange: (pilot: Caller | null, why: string) => void;
  nowMs: () => number;
};

/**
 * Whose hands are on the controls: one at a time, by name. They change by being taken on purpose, or by
 * acting when nobody else does. New hands, and hands whose input was cut off, count only after they were
 * seen to let go: a stick that was held all along must not fly.
 */
export class Pilot {
  readonly #parts: PilotParts;
  #holder: Caller | null = null;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #neutralNeeded = true;
  #offNeutralAtMs = Number.NEGATIVE_INFINITY;
  #forget: () => void = () => undefined;

  constructor(parts: PilotParts) {
    this.#parts = parts;
  }

  get holder(): Caller | null {
    return this.#holder;
  }

  /** When the pilot, or the last one, was heard of. */
  get heardAtMs(): number {
    return this.#heardAtMs;
  }

  get neutralNeeded(): boolean {
    return this.#neutralNeeded;
  }

  /** Whether the pilot's own sticks were off centre within this time, whatever was made of them. */
  offNeutralWithin(ms: number): boolean {
    return this.#parts.nowMs() - this.#offNeutralAtMs < ms;
  }

  /** On purpose: from whomever. */
  take(caller: Caller): void {
    this.#heardAtMs = this.#parts.nowMs();
    if (this.#holder?.id === caller.id) return;
    const former = this.#holder;
    this.#replace(caller, former === null ? 'took the controls' : `took over from ${former.name}`);
  }

  /** By acting. @throws StationError `not-the-pilot` while somebody else flies */
  act(caller: Caller): void {
    const nowMs = this.#parts.nowMs();
    const holder = this.#holder;
    const isSilent = nowMs - this.#heardAtMs >= this.#parts.silentMs;
    if (holder !== null && holder.id !== caller.id && !isSilent) {
      throw new StationError('not-the-pilot', `${holder.name} has the controls.`, {
        tip: 'Take the controls first. Stop and land always work.',
      });
    }
    this.take(caller);
  }

  /** The pilot gave a sign of life. */
  heard(caller: Caller): void {
    if (this.#holder?.id === caller.id) this.#heardAtMs = this.#parts.nowMs();
  }

  release(caller: Caller, why: string): void {
    if (this.#holder?.id === caller.id) this.#replace(null, why);
  }

  /** From now on the pilot must let go before anything counts again. */
  needNeutral(): void {
    this.#neutralNeeded = true;
  }

  /** Whether sticks at these places count. */
  accepts(places: readonly number[]): boolean {
    const isOff = places.some((place) => Math.abs(place) > NEUTRAL_PERCENT);
    this.#offNeutralAtMs = isOff ? this.#parts.nowMs() : Number.NEGATIVE_INFINITY;
    if (!isOff) this.#neutralNeeded = false;
    return !this.#neutralNeeded;
  }

  #replace(caller: Caller | null, why: string): void {
    this.#forget();
    this.#forget = () => undefined;
    const former = this.#holder;
    this.#holder = caller;
    this.#neutralNeeded = true;
    this.#offNeutralAtMs = Number.NEGATIVE_INFINITY;
    const gone = caller?.gone ?? null;
    if (caller !== null && gone !== null) {
      const onGone = () => this.release(caller, 'is gone');
      gone.addEventListener('abort', onGone, { once: true });
      this.#forget = () => gone.removeEventListener('abort', onGone);
    }
    this.#parts.onChange(caller, `${(caller ?? former)?.name ?? 'Nobody'} ${why}`);
    // One that went while its request was under way.
    if (caller !== null && gone?.aborted) this.release(caller, 'is gone');
  }
}
