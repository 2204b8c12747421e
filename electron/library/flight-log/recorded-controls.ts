import type {
  CommandOutcome,
  Departure,
  DroneControls,
  Sticks,
} from '../../video/drone-controls.ts';
import type { FlightRecord } from '../../video/flight-record.ts';

/** The same hands, whose every command, with what became of it, and every move of the sticks is written down. */
export function recordedControls(controls: DroneControls, record: FlightRecord): DroneControls {
  // Neither later nor otherwise: whoever flies gets the very promise of the drone's own hands.
  const noted = <T extends CommandOutcome | Departure>(command: string, outcome: Promise<T>) => {
    outcome.then(
      (known) => record.note({ kind: 'command', command, outcome: known }),
      (error: unknown) => record.note({ kind: 'note', words: `${command} failed: ${error}` }),
    );
    return outcome;
  };
  let last: Sticks | null = null;
  return {
    ...controls,
    send: (command, options) => noted(command, controls.send(command, options)),
    sticks: (sticks) => {
      controls.sticks(sticks);
      // They are sent again and again; what moved is what counts.
      if (last !== null && isSame(last, sticks)) return;
      last = sticks;
      record.note({ kind: 'sticks', sticks });
    },
    stop: () => noted('stop', controls.stop()),
    land: () => noted('land', controls.land()),
    emergency: () => noted('emergency', controls.emergency()),
  };
}

function isSame(a: Sticks, b: Sticks): boolean {
  return a.right === b.right && a.forward === b.forward && a.up === b.up && a.yaw === b.yaw;
}
