import type { Random } from '../seeded-random.ts';
import type { Faults } from './faults.ts';

/** The air between drone and client: loses, doubles and swaps datagrams as the faults say. */
export class FaultyLine {
  readonly #send: (datagram: Uint8Array) => void;
  readonly #random: Random;
  #held: Uint8Array | null = null;

  constructor(send: (datagram: Uint8Array) => void, random: Random) {
    this.#send = send;
    this.#random = random;
  }

  send(datagram: Uint8Array, faults: Faults): void {
    if (this.#chance(faults.loss)) return;
    if (!this.#held && this.#chance(faults.reorder)) {
      this.#held = datagram;
      return;
    }
    this.#send(datagram);
    if (this.#chance(faults.duplicate)) this.#send(datagram);
    const held = this.#held;
    this.#held = null;
    if (held) this.#send(held);
  }

  /** Forgets a datagram that waits to be overtaken. */
  clear(): void {
    this.#held = null;
  }

  /** Draws no number for a fault that is off, so that switching one on does not change another's luck. */
  #chance(probability: number): boolean {
    return probability > 0 && this.#random() < probability;
  }
}
