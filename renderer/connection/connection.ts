import type { Failure } from '../../shared/result.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { Deck } from '../station/deck.ts';
import { refreshHost, takeSettings } from '../station/station-store.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { canDisconnect } from './can-disconnect.ts';
import {
  type ChosenSourceStore,
  chosenSource,
  createChosenSourceStore,
  rememberSource,
} from './chosen-source.ts';

/** A drone takes half a minute to start: there is no hurry. */
const LOOK_AGAIN_MS = 2_000;

/** Which source, and the way to it. Each action asks the station and says what failed; none throws. */
export type Connection = {
  store: ChosenSourceStore;
  /** Chooses what Connect will mean. */
  choose(source: SourceSpec): void;
  connect(source: SourceSpec): Promise<void>;
  disconnect(): Promise<void>;
  /** Connects to the source of the last session, else to the chosen one; nothing while one is under way. */
  start(): Promise<void>;
  /** Calls a source that failed again and again, until it is there or no longer wanted. */
  keepLooking(): void;
  stopLooking(): void;
  /** Nobody is a newcomer twice. */
  introSeen(): Promise<void>;
  /** Asks anew on which networks this computer is. */
  lookAround(): Promise<void>;
  /** What was refused because the drone may be flying, all the same: it lands first. */
  leave(): Promise<void>;
  /** Starts a session, or ends the one under way. */
  toggle(): Promise<void>;
};

export const [ConnectionContext, useConnection] = createPart<Connection>('connection');

export function createConnection(needs: Deck & { toasts: Toasts; panels: Panels }): Connection {
  const { client, station, toasts, panels } = needs;
  const store = createChosenSourceStore();

  /** Told until the session is another. */
  function tell(error: Failure): void {
    const then = station.getState().status?.generation;
    const holds = () => station.getState().status?.generation === then;
    tellFailure({ toasts, panels, what: 'connection', error, holds });
  }

  /** What to ask again, once somebody said that it shall land. */
  let insist: (() => Promise<void>) | null = null;

  async function connect(source: SourceSpec, force = false): Promise<void> {
    const result = await client.request('source.connect', { source, force });
    if (result.ok || result.error.code !== 'flying') rememberSource(store, source);
    if (!result.ok) refused(result.error, () => connect(source, true));
  }

  async function disconnect(force = false): Promise<void> {
    stopLooking();
    const result = await client.request('source.disconnect', { force });
    if (!result.ok) refused(result.error, () => disconnect(true));
  }

  /** A drone that may be in the air is not left without a question. */
  function refused(error: Failure, again: () => Promise<void>): void {
    if (error.code !== 'flying') {
      tell(error);
      return;
    }
    insist = again;
    panels.openSheet('options:leaving');
  }

  async function leave(): Promise<void> {
    const again = insist;
    insist = null;
    panels.closeSheet();
    await again?.();
  }

  async function start(): Promise<void> {
    const { status, settings } = station.getState();
    if (canDisconnect(status)) return;
    await connect(status?.source ?? chosenSource(store.getState(), settings));
  }

  let nextCall: ReturnType<typeof setTimeout> | undefined;

  function stopLooking(): void {
    clearTimeout(nextCall);
    nextCall = undefined;
    store.setState({ looking: false });
  }

  function keepLooking(): void {
    store.setState({ looking: true });
    void start();
  }

  station.subscribe(({ status }, before) => {
    if (!store.getState().looking || status === before.status) return;
    if (status?.state === 'live' || status?.state === 'idle') stopLooking();
    else if (status?.state === 'failed') {
      nextCall ??= setTimeout(() => {
        nextCall = undefined;
        void start();
      }, LOOK_AGAIN_MS);
    }
  });

  async function introSeen(): Promise<void> {
    const result = await client.request('settings.set', { introSeen: true });
    if (result.ok) await takeSettings(client, station, result.value);
    else tell(result.error);
  }

  return {
    store,
    keepLooking,
    stopLooking,
    introSeen,
    lookAround: () => refreshHost(client, station),
    leave,
    choose: (source) => rememberSource(store, source),
    connect: (source) => connect(source),
    disconnect: () => disconnect(),
    start,
    toggle: () => (canDisconnect(station.getState().status) ? disconnect() : start()),
  };
}
