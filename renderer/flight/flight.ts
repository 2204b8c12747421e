import type { Unsubscribe } from '../../shared/client.ts';
import type {
  FlightAction,
  FlightCommandOutcome,
  FlipDirection,
  ManoeuvreOutcome,
  MoveDirection,
} from '../../shared/flight.ts';
import type { Result } from '../../shared/result.ts';
import type { Deck } from '../station/deck.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { outcomeWords } from '../words/flight-words.ts';
import { createFlightStore, type FlightStore, followFlight, TelemetryTap } from './flight-store.ts';
import { speakWarnings } from './speak-warnings.ts';
import { createHands, type Hands } from './sticks/hands.ts';

/** Flying from this page: what is known, what can be asked, and the hands on the sticks. */
export type Flight = {
  store: FlightStore;
  telemetry: TelemetryTap;
  hands: Hands;
  takeOff(): void;
  land(): void;
  /** Hover. */
  stop(): void;
  /** The drone falls: only for a button that was held. */
  stopMotors(): void;
  flip(direction: FlipDirection): void;
  move(direction: MoveDirection, distanceCm: number): void;
  /** Clockwise is positive. */
  turn(degrees: number): void;
  /** One line of the vendor's SDK, with the checks of everything else. */
  command(text: string): Promise<Result<FlightCommandOutcome>>;
  takeControls(): Promise<void>;
  dispose(): void;
};

export const [FlightContext, useFlight] = createPart<Flight>('flight');

export function createFlight(needs: Deck & { toasts: Toasts; panels: Panels }): Flight {
  const { client, station, toasts, panels } = needs;
  const store = createFlightStore();
  const hands = createHands({ client, store });
  const unfollow: Unsubscribe = followFlight(client, store);
  const telemetry = new TelemetryTap(client);
  const hush = speakWarnings(store, station);
  const unset = station.subscribe(({ settings }) => {
    hands.gamepad.mode = settings.padMode;
    hands.gamepad.curve = { deadZone: settings.padDeadZonePercent / 100, expo: settings.padExpo };
  });

  /** Says how it ended, where the telemetry on screen does not say it by itself. */
  async function perform(
    action: FlightAction,
    request: Promise<Result<ManoeuvreOutcome>>,
  ): Promise<void> {
    const reply = await request;
    if (!reply.ok) {
      tellFailure({ toasts, panels, what: `flight:${action}`, error: reply.error });
      return;
    }
    const words = outcomeWords(action, reply.value);
    if (words !== null) toasts.show({ key: `flight:${action}`, tone: 'degraded', ...words });
  }

  return {
    store,
    telemetry,
    hands,
    takeOff: () => void perform('take-off', client.request('flight.takeOff', {})),
    land() {
      hands.letGo();
      void perform('land', client.request('flight.land', {}));
    },
    stop() {
      hands.letGo();
      void perform('stop', client.request('flight.stop', {}));
    },
    stopMotors() {
      hands.letGo();
      const confirm = 'stop-all-motors';
      void perform('stop-motors', client.request('flight.stopMotors', { confirm }));
    },
    flip: (direction) => void perform('flip', client.request('flight.flip', { direction })),
    move: (direction, distanceCm) =>
      void perform('move', client.request('flight.move', { direction, distanceCm })),
    turn: (degrees) => void perform('turn', client.request('flight.turn', { degrees })),
    command: (text) => client.request('flight.command', { text }),
    async takeControls() {
      const reply = await client.request('flight.takeControls', {});
      if (!reply.ok) {
        tellFailure({ toasts, panels, what: 'flight:controls', error: reply.error });
      }
    },
    dispose() {
      unfollow();
      hush();
      unset();
      telemetry.dispose();
      hands.dispose();
    },
  };
}
