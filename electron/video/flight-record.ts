import type { CommandOutcome, Departure, Sticks } from './drone-controls.ts';

/** What the flight log wants to know beside telemetry, which it listens to by itself. */
export type FlightEvent =
  /** A command and what became of it; said once it is known. */
  | { kind: 'command'; command: string; outcome: CommandOutcome | Departure }
  /** Where the sticks are, whenever they moved. */
  | { kind: 'sticks'; sticks: Sticks }
  /** The app took over, or let go again. */
  | { kind: 'failsafe'; name: string; words: string }
  | { kind: 'note'; words: string };

/** Where the flight room tells what happens. Never throws, never waits. */
export type FlightRecord = {
  note(event: FlightEvent): void;
};
