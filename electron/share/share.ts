import type { Sharing } from '../../shared/share.ts';
import { StationError } from '../base/failures.ts';
import type { HandlersOf } from '../base/handlers.ts';
import { localAddresses } from '../base/local-addresses.ts';
import type { Log } from '../base/log.ts';
import type { StationEvents } from '../base/station-events.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type { OpenTranscoder } from './picture-feed.ts';
import { ShareKey } from './share-key.ts';
import { createShareRoom, type ShareRoom } from './share-room.ts';

/** A door to the network, opened by the host on one address. */
type NetworkDoor = { url: string; close(): Promise<void> };
type OpenDoor = (options: {
  address: string;
  fits: (key: string) => boolean;
}) => Promise<NetworkDoor>;

/** Sharing: who watches, and whether the network may. Off until somebody says otherwise, at every start. */
export type Share = Pick<ShareRoom, 'watchPictures' | 'watchStream'> & {
  handlers: HandlersOf<
    'share.state' | 'share.start' | 'share.stop' | 'share.newKey' | 'share.disconnect'
  >;
  /** Said by the host that serves this computer, and can serve a network. */
  servedBy(host: { url: string; openDoor: OpenDoor }): void;
  dispose(): Promise<void>;
};

type ShareParts = {
  hub: FrameHub;
  openTranscoder: OpenTranscoder;
  events: StationEvents;
  keyFile: string;
  log: Log;
};

/** Says who watches no more often than this: clients come and go two hundred a second. */
const SAY_MS = 250;

export function createShare({ hub, openTranscoder, events, keyFile, log }: ShareParts): Share {
  const key = new ShareKey(keyFile, log);
  let host: { url: string; openDoor: OpenDoor } | null = null;
  let door: (NetworkDoor & { name: string }) | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let saying: NodeJS.Timeout | undefined;
  let isDisposed = false;
  const room = createShareRoom({
    hub,
    openTranscoder,
    onChange: () => saySoon(),
    report: (what, error) => log.error(what, error),
  });

  async function state(): Promise<Sharing> {
    return {
      local: host?.url ?? null,
      network: door === null ? null : { name: door.name, url: door.url, key: await key.get() },
      watching: room.watching(),
    };
  }

  function saySoon(): void {
    if (isDisposed) return;
    saying ??= setTimeout(async () => {
      saying = undefined;
      if (events.heard) events.emit('sharing', await state());
    }, SAY_MS);
  }

  /** One after the other: of two doors opened at once, one would stay open with nobody to shut it. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  }

  async function openDoor(address: string): Promise<Sharing> {
    const chosen = localAddresses().find((each) => each.address === address);
    if (host === null || chosen === undefined || isDisposed) {
      throw new StationError('bad-request', 'This computer is not on that network.', {
        tip: 'Choose one of the networks it has joined.',
      });
    }
    // The key is there before the door is.
    await key.get();
    await closeDoor();
    const opened = await host.openDoor({ address, fits: (given) => key.fits(given) });
    door = { ...opened, name: chosen.name };
    saySoon();
    return state();
  }

  async function closeDoor(): Promise<void> {
    const former = door;
    door = null;
    await former?.close();
    saySoon();
  }

  return {
    watchPictures: room.watchPictures,
    watchStream: room.watchStream,
    servedBy(by) {
      host = by;
    },
    handlers: {
      'share.state': state,
      'share.start': ({ address }) => inTurn(() => openDoor(address)),
      async 'share.stop'() {
        await inTurn(closeDoor);
        return state();
      },
      async 'share.newKey'() {
        await key.renew();
        // Whoever came in with the old one goes.
        for (const { id, address } of room.watching()) {
          if (!isOwn(address)) room.disconnect(id);
        }
        saySoon();
        return state();
      },
      'share.disconnect'({ id }) {
        if (!room.disconnect(id)) throw new StationError('not-found', 'That one has gone already.');
        return {};
      },
    },
    async dispose() {
      isDisposed = true;
      clearTimeout(saying);
      await inTurn(closeDoor);
      await room.dispose();
    },
  };
}

function isOwn(address: string): boolean {
  return address === '127.0.0.1' || address === '::1';
}
