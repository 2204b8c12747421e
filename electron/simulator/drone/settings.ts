import type { Command } from './command.ts';
import type { DroneEffects } from './drone-effects.ts';
import type { FlightModel } from './flight-model.ts';
import type { PadDetector } from './mission-pads.ts';

/** Carries out what changes how it flies, looks or sends; nothing for any other command. */
export function applySetting(
  command: Command,
  flight: FlightModel,
  pads: PadDetector,
  effects: Pick<DroneEffects, 'ports' | 'video'>,
): void {
  switch (command.kind) {
    case 'speed':
      flight.speedCmS = command.speedCmS;
      return;
    case 'pads':
      pads.switch(command.on);
      return;
    case 'pad-camera':
      pads.look(command.looks);
      return;
    case 'port':
      effects.ports(command.statePort, command.videoPort);
      return;
    case 'fps':
      effects.video({ fps: command.fps });
      return;
    case 'bitrate':
      effects.video({ bitrateBps: command.megabits * 1_000_000 });
      return;
    case 'resolution':
      effects.video({ resolution: command.level });
      return;
    case 'camera':
      effects.video({ looksDown: command.looksDown });
      return;
    default:
      return;
  }
}
