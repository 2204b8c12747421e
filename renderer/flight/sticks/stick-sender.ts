import type { StationClient } from '../../../shared/client.ts';
import { areSame, isNeutral, NEUTRAL, type Sticks } from './sticks.ts';

/** 25 a second: main lets go of sticks that are not renewed for 300 ms. */
const SEND_EVERY_MS = 40;
/** Hands at rest show that they are there, this often. */
const AT_REST_EVERY_MS = 200;
/** So many unanswered, and newer ones wait: the newest wins, none is queued. Letting go never waits. */
const MAX_UNANSWERED = 4;

type SenderParts = {
  client: Pick<StationClient, 'request'>;
  /** Where the sticks are now. */
  read: () => Sticks;
  /** Whether hands at rest are worth telling: the drone is this page's to fly. */
  isFlying: () => boolean;
  nowMs: () => number;
};

/** Tells main where the sticks are, again and again while they are off centre, and at once when let go. */
export class StickSender {
  readonly #parts: SenderParts;
  #unanswered = 0;
  #sentAtMs = Number.NEGATIVE_INFINITY;
  #sent: Sticks = NEUTRAL;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** As sent last. */
  get sent(): Sticks {
    return this.#sent;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), SEND_EVERY_MS);
  }

  /** Looks now: a key went down or up. */
  look(): void {
    const sticks = this.#parts.read();
    if (!areSame(sticks, this.#sent)) this.#send(sticks);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (!isNeutral(this.#sent)) this.#send(NEUTRAL);
  }

  #tick(): void {
    const sticks = this.#parts.read();
    const atRest = isNeutral(sticks) && isNeutral(this.#sent);
    if (!atRest) {
      this.#send(sticks);
      return;
    }
    const isDue = this.#parts.nowMs() - this.#sentAtMs >= AT_REST_EVERY_MS;
    if (isDue && this.#parts.isFlying()) this.#send(sticks);
  }

  #send(sticks: Sticks): void {
    if (this.#unanswered >= MAX_UNANSWERED && !isNeutral(sticks)) return;
    this.#sent = sticks;
    this.#sentAtMs = this.#parts.nowMs();
    this.#unanswered++;
    void this.#parts.client.request('flight.sticks', sticks).then(() => {
      this.#unanswered--;
    });
  }
}
