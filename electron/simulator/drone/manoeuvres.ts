import type { Command } from './command.ts';
import { OUT_OF_RANGE } from './command-words.ts';
import type { FlightModel } from './flight-model.ts';
import type { PadDetector } from './mission-pads.ts';
import { aroundPad, overPad, toPadPlace } from './pad-ways.ts';

export type Manoeuvre = Extract<
  Command,
  { kind: 'move' | 'turn' | 'flip' | 'go' | 'curve' | 'jump' }
>;
type Flight = Extract<Manoeuvre, { kind: 'go' | 'curve' }>;
type Jump = Extract<Manoeuvre, { kind: 'jump' }>;

export type Refused = { refused: string };
/** What a command waits for; `then` begins what follows when that is reached: null, or why it cannot. */
export type Begun = { until: 'hover' | 'ground'; then?: () => Refused | null };

export const NOT_NOW = 'error Not joystick';
const NO_PAD = 'error No valid marker';
/** What a real one says to a flip with less than half a battery. */
const NO_FLIP = 'error';

/** Begins what takes the drone from one place or direction to another. */
export function beginManoeuvre(
  command: Manoeuvre,
  flight: FlightModel,
  pads: PadDetector,
): Begun | Refused {
  if (!flight.isReady) return { refused: NOT_NOW };
  switch (command.kind) {
    case 'move':
      return hover(flight.move(command.direction, command.distanceCm));
    case 'turn':
      return hover(flight.turn(command.degrees));
    case 'flip':
      return flight.canFlip ? hover(flight.flip(command.direction)) : { refused: NO_FLIP };
    case 'jump':
      return jump(command, flight, pads);
    default:
      return command.pad === undefined ? fly(command, flight) : flyOver(command, flight, pads);
  }
}

function fly(command: Flight, flight: FlightModel): Begun | Refused {
  const { to, speedCmS } = command;
  // The drone's y points to its left.
  const begins =
    command.kind === 'go'
      ? flight.go(to.xCm, -to.yCm, to.zCm, speedCmS)
      : flight.curve(command.via, to, speedCmS);
  return begins === null ? { refused: OUT_OF_RANGE.answer } : hover(begins);
}

function flyOver(command: Flight, flight: FlightModel, pads: PadDetector): Begun | Refused {
  const seen = pads.read(flight.state, command.pad);
  if (seen === null) return { refused: NO_PAD };
  const { to, speedCmS } = command;
  const way =
    command.kind === 'go'
      ? toPadPlace(seen, to, speedCmS)
      : aroundPad(seen, command.via, to, speedCmS);
  return way === null ? { refused: OUT_OF_RANGE.answer } : hover(flight.follow(way));
}

function jump(command: Jump, flight: FlightModel, pads: PadDetector): Begun | Refused {
  const { to, speedCmS, yawDegrees } = command;
  const seen = pads.read(flight.state, command.from);
  if (seen === null) return { refused: NO_PAD };
  const begun = hover(flight.follow(toPadPlace(seen, to, speedCmS)));
  const then = () => {
    const next = pads.read(flight.state, command.over);
    if (next === null) return { refused: NO_PAD };
    flight.follow(overPad(next, to.zCm, yawDegrees, speedCmS));
    return null;
  };
  return { ...begun, then };
}

function hover(begins: boolean): Begun | Refused {
  return begins ? { until: 'hover' } : { refused: NOT_NOW };
}
