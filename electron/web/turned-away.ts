import type { Log } from '../base/log.ts';
import { untold } from '../base/output.ts';

/** Why the server turned somebody away; each reason with its sentence for the log. */
const REASONS = {
  connectionsRefused: 'A connection was refused: as many are open as may be',
  requestsTooSlow: 'A connection was closed: its request did not arrive in time',
  requestsPiledUp: 'A connection was closed: it asked on and on without reading the answers',
  repliesUnread: 'A connection was closed: it did not read its answer',
  socketsUnread: 'A WebSocket was closed: it left too much unread',
  socketsSilent: 'A WebSocket was closed: it gave no sign of life',
  viewersRefused: 'A viewer was refused: as many watch as may',
  eventsSkipped: 'A page reads too slowly; it misses events until it has caught up',
} as const;

type Reason = keyof typeof REASONS;

/** Counts who was turned away and why. The first of a kind is logged; a flood of them is a number. */
export class TurnedAway {
  readonly #log: Log;
  readonly #counts: Record<Reason, number> = {
    connectionsRefused: 0,
    requestsTooSlow: 0,
    requestsPiledUp: 0,
    repliesUnread: 0,
    socketsUnread: 0,
    socketsSilent: 0,
    viewersRefused: 0,
    eventsSkipped: 0,
  };

  constructor(log: Log) {
    this.#log = log;
  }

  add(reason: Reason): void {
    this.#counts[reason]++;
    if (this.#counts[reason] === 1)
      this.#log.info(`${REASONS[reason]}. From now on this is only counted.`);
  }

  /** Every reason with its count, zeros included, so that a script can rely on the names. */
  counts(): Record<Reason | 'linesUntold', number> {
    return { ...this.#counts, linesUntold: untold() };
  }
}
