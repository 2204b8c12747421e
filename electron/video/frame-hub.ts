import type { ConsumerStatus } from '../../shared/status.ts';
import type { Consumer } from './consumer.ts';
import { type Frame, FrameCache } from './frame-cache.ts';
import { Subscription } from './subscription.ts';

/** What a consumer holds of its subscription. */
export type Subscribed = {
  /** Returns credit: every frame up to `seq` is drawn, written or given up. False if it was never given. */
  settle(generation: number, seq: number): boolean;
  /** Asks for the cached group once more: what was given before is of no use any more. */
  restart(): void;
  /** No further frame; idempotent. */
  close(): void;
};

/**
 * Where the one source's frames arrive and everybody takes them from: the cache, and whoever
 * subscribed. The session publishes here and knows nothing of who watches; a window, a photo, a
 * recording and a share are the same to it.
 */
export class FrameHub {
  readonly #cache = new FrameCache();
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #report: (what: string, error: unknown) => void;
  #nextId = 1;

  /** `report` hears of consumers that throw. */
  constructor(report: (what: string, error: unknown) => void) {
    this.#report = report;
  }

  subscribe(consumer: Consumer): Subscribed {
    const subscription = new Subscription(this.#nextId++, consumer, this.#cache);
    this.#subscriptions.set(subscription.id, subscription);
    this.#guard(subscription, () => subscription.start());
    return {
      settle: (generation, seq) => {
        if (!this.#subscriptions.has(subscription.id)) return false;
        return this.#guard(subscription, () => subscription.settle(generation, seq)) ?? false;
      },
      restart: () => {
        if (!this.#subscriptions.has(subscription.id)) return;
        this.#guard(subscription, () => subscription.restart());
      },
      close: () => void this.#subscriptions.delete(subscription.id),
    };
  }

  /** Takes the newest frame of the source over; every consumer is offered it. */
  publish(frame: Frame): void {
    this.#cache.add(frame);
    for (const subscription of [...this.#subscriptions.values()]) {
      this.#guard(subscription, () => subscription.offer(frame));
    }
  }

  /** The stream of this generation is over, and nothing of it is cached any more. */
  end(generation: number): void {
    this.#cache.clear();
    for (const subscription of [...this.#subscriptions.values()]) {
      this.#guard(subscription, () => subscription.end(generation));
    }
  }

  /** Everybody who takes frames now, by name, with what each missed. */
  status(): ConsumerStatus[] {
    return [...this.#subscriptions.values()].map((subscription) => subscription.status());
  }

  /** One consumer's mistake must not cost the others their picture. */
  #guard<T>(subscription: Subscription, run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      this.#subscriptions.delete(subscription.id);
      this.#report(
        `The consumer “${subscription.status().name}” failed and gets no more frames`,
        error,
      );
      return undefined;
    }
  }
}
