import { readDroneCommand } from '../../shared/drone-commands.ts';
import type { FlightCommandOutcome } from '../../shared/flight.ts';
import type { ParsedInput } from '../../shared/requests.ts';
import type { Caller } from '../base/caller.ts';
import { StationError } from '../base/failures.ts';
import type { HandlersOf } from '../base/handlers.ts';
import type { DroneControls } from '../video/drone-controls.ts';
import { Flight, type FlightParts } from './flight.ts';
import { type FlightLimits, flightLimits } from './flight-limits.ts';

type FlightRequests =
  | 'flight.state'
  | 'flight.history'
  | 'flight.takeControls'
  | 'flight.releaseControls'
  | 'flight.takeOff'
  | 'flight.land'
  | 'flight.stop'
  | 'flight.stopMotors'
  | 'flight.sticks'
  | 'flight.move'
  | 'flight.turn'
  | 'flight.flip'
  | 'flight.command';

/** The room of flying: what may be asked of it, and what others must know before they let go of a drone. */
export type FlightRoom = {
  handlers: HandlersOf<FlightRequests>;
  /** The open source's hands, whenever they change; null for a source that does not fly. */
  attach(controls: DroneControls | null): void;
  couldBeFlying(): boolean;
  /** @throws StationError `flying`, unless it is forced; then it is told to land first */
  letGo(force: boolean): Promise<void>;
  /** Stop and land, as far as that can be done in a moment. Never rejects. */
  landNow(why: string): Promise<void>;
  dispose(): Promise<void>;
};

export function createFlight(
  parts: Omit<FlightParts, 'limits' | 'nowMs'> & { limits?: Partial<FlightLimits> },
): FlightRoom {
  const flight = new Flight({
    ...parts,
    limits: { ...flightLimits, ...parts.limits },
    nowMs: () => performance.now(),
  });
  return {
    handlers: flightHandlers(flight),
    attach: (controls) => flight.attach(controls),
    couldBeFlying: () => flight.couldBeFlying,
    async letGo(force) {
      if (!force) flight.refuseWhileFlying('it would be left alone');
      else await flight.landNow('its connection ends');
    },
    landNow: (why) => flight.landNow(why),
    dispose: () => flight.dispose(),
  };
}

function flightHandlers(flight: Flight): HandlersOf<FlightRequests> {
  const handlers: HandlersOf<FlightRequests> = {
    'flight.state': (_input, caller) => ({ ...flight.state(), you: caller.id }),
    'flight.history': () => flight.history(),
    'flight.takeControls': (_input, caller) => {
      flight.takeControls(caller);
      return {};
    },
    'flight.releaseControls': (_input, caller) => {
      flight.releaseControls(caller);
      return {};
    },
    'flight.takeOff': (_input, caller) => flight.takeOff(caller),
    'flight.land': (_input, caller) => flight.land(caller),
    'flight.stop': (_input, caller) => flight.stop(caller),
    'flight.stopMotors': (_input, caller) => flight.stopMotors(caller),
    'flight.sticks': (sticks, caller) => flight.sticks(caller, sticks),
    'flight.move': (input, caller) => flight.move(caller, input.direction, input.distanceCm),
    'flight.turn': ({ degrees }, caller) => flight.turn(caller, degrees),
    'flight.flip': ({ direction }, caller) => flight.flip(caller, direction),
    'flight.command': (input, caller) => expertCommand(flight, input, caller),
  };
  return heardBy(flight, handlers);
}

/** Whoever asks anything about flying is there. */
function heardBy(flight: Flight, handlers: HandlersOf<FlightRequests>): HandlersOf<FlightRequests> {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    (input: never, caller: Caller) => {
      flight.heard(caller);
      return handler(input, caller);
    },
  ]);
  // Each name keeps its own handler, with the same input and output.
  return Object.fromEntries(entries) as HandlersOf<FlightRequests>;
}

/** A line as a person types it: the same ways, checks and limits as the requests that have names. */
async function expertCommand(
  flight: Flight,
  { text, confirm }: ParsedInput<'flight.command'>,
  caller: Caller,
): Promise<FlightCommandOutcome> {
  const read = readDroneCommand(text);
  if (!read.ok) throw new StationError('bad-request', read.problem);
  const name = read.text.split(' ')[0] ?? '';
  switch (read.command?.kind) {
    case 'express':
      if (name === 'land') return flight.land(caller);
      if (name === 'stop') return flight.stop(caller);
      if (confirm === undefined) {
        throw new StationError('bad-request', 'This stops all motors: a flying drone falls.', {
          tip: 'Say it with “confirm”.',
        });
      }
      return flight.stopMotors(caller);
    case 'sticks': {
      const [right = 0, forward = 0, up = 0, yaw = 0] = read.words.map(Number);
      flight.sticks(caller, { right, forward, up, yaw });
      return { outcome: 'sent' };
    }
    case 'moves':
      if (name === 'takeoff') return flight.takeOff(caller);
      if (name === 'throwfly' || name === 'motoron') return flight.startMotors(caller, read.text);
      return flight.manoeuvre(caller, 'command', read.text);
    case 'station':
      flight.refuseWhileFlying('this would cut it off');
      return flight.plainCommand(caller, read.text);
    case 'sets':
    case 'reads':
      return flight.plainCommand(caller, read.text);
    default:
      return unknownCommand(flight, caller, name, read.text);
  }
}

/** Firmware knows more than its guides; in the air nobody knows what it would do. */
function unknownCommand(
  flight: Flight,
  caller: Caller,
  name: string,
  text: string,
): Promise<FlightCommandOutcome> {
  if (name === 'port') {
    throw new StationError('bad-request', 'Hoverdeck itself tells the drone where to send.');
  }
  if (!name.endsWith('?')) flight.refuseWhileFlying('nobody knows what this would do');
  return flight.plainCommand(caller, text);
}
