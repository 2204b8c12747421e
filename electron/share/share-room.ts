import type { Watching } from '../../shared/share.ts';
import { StationError } from '../base/failures.ts';
import type { PictureShape } from '../media/transcoder-messages.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import { type AnnexB, subscribeAnnexB } from './annex-b.ts';
import { type OpenTranscoder, PictureFeed, type SharedPicture } from './picture-feed.ts';

/** A house full of screens; each costs a socket and one picture in flight. */
const MAX_CLIENTS = 32;
/** And so many from one computer, so that a page gone wild leaves room for the others. */
const MAX_CLIENTS_AN_ADDRESS = 8;

/** Each distinct shape is a process that decodes: more than these would starve the live picture. */
const MAX_SHAPES = 6;

/** One who watches, as its transport says. */
type Client = {
  address: string;
  what: Watching['what'];
  /** Takes the newest picture; what it cannot take now it counts as dropped. */
  picture?(picture: SharedPicture): void;
  /** Tells it to go: it was disconnected, or everything ends. */
  end(): void;
  dropped(): number;
};

/** What others may watch: pictures in any shape, or the stream as it is. Each shape is made once, however many look. */
export type ShareRoom = {
  /** @throws StationError `busy` where as many watch as may */
  watchPictures(client: Client, shape: PictureShape): () => void;
  /** The H.264 stream from its newest keyframe on. @throws StationError `busy`, `unsupported` */
  watchStream(client: Client, sink: AnnexB): () => void;
  watching(): Watching[];
  /** False where nobody has this id any more. */
  disconnect(id: number): boolean;
  dispose(): Promise<void>;
};

type RoomParts = {
  hub: FrameHub;
  openTranscoder: OpenTranscoder;
  onChange: () => void;
  report: (what: string, error: unknown) => void;
};

type Shaped = { feed: PictureFeed; clients: Set<Client> };

export function createShareRoom(parts: RoomParts): ShareRoom {
  const feeds = new Map<string, Shaped>();
  const clients = new Map<number, { client: Client; sinceMs: number; leave: () => void }>();
  const endings = new Set<Promise<void>>();
  let nextId = 1;

  function admit(client: Client): void {
    const all = [...clients.values()];
    const fromThere = all.filter((each) => each.client.address === client.address).length;
    if (all.length < MAX_CLIENTS && fromThere < MAX_CLIENTS_AN_ADDRESS) return;
    const most = all.length >= MAX_CLIENTS ? MAX_CLIENTS : MAX_CLIENTS_AN_ADDRESS;
    throw new StationError('busy', `As many watch as may: ${most}.`, {
      tip: 'Close another one first.',
      retryAfterMs: 5_000,
    });
  }

  function enter(client: Client, leave: () => void): () => void {
    const id = nextId++;
    const entry = { client, sinceMs: performance.now(), leave };
    clients.set(id, entry);
    parts.onChange();
    return () => {
      if (!clients.delete(id)) return;
      leave();
      parts.onChange();
    };
  }

  /** The one feed of a shape, begun for the first who wants it. @throws StationError `busy` */
  function feedOf(shape: PictureShape, key: string): Shaped {
    const present = feeds.get(key);
    if (present !== undefined) return present;
    if (feeds.size >= MAX_SHAPES) {
      const message = `As many sizes and rates as may be are watched: ${MAX_SHAPES}.`;
      throw new StationError('busy', message, {
        tip: 'Ask for one that is watched already, or close another one first.',
        retryAfterMs: 5_000,
      });
    }
    const listeners = new Set<Client>();
    const feed = new PictureFeed({
      ...parts,
      shape,
      name: `mjpeg ${shape.width ?? 'full'} ${shape.fps} fps`,
      onPicture: (picture) => {
        for (const client of listeners) client.picture?.(picture);
      },
    });
    const made = { feed, clients: listeners };
    feeds.set(key, made);
    return made;
  }

  function leaveFeed(key: string, client: Client): void {
    const shaped = feeds.get(key);
    if (shaped === undefined) return;
    shaped.clients.delete(client);
    if (shaped.clients.size > 0) return;
    feeds.delete(key);
    const ending = shaped.feed.dispose().finally(() => endings.delete(ending));
    endings.add(ending);
  }

  return {
    watchPictures(client, shape) {
      admit(client);
      const key = JSON.stringify(shape);
      feedOf(shape, key).clients.add(client);
      return enter(client, () => leaveFeed(key, client));
    },
    watchStream(client, sink) {
      admit(client);
      const stop = subscribeAnnexB(parts.hub, sink);
      return enter(client, stop);
    },
    watching: () =>
      [...clients].map(([id, { client, sinceMs }]) => ({
        id,
        address: client.address,
        what: client.what,
        forMs: performance.now() - sinceMs,
        dropped: client.dropped(),
      })),
    disconnect(id) {
      const entry = clients.get(id);
      entry?.client.end();
      return entry !== undefined;
    },
    async dispose() {
      for (const { client } of [...clients.values()]) client.end();
      for (const { feed } of feeds.values()) endings.add(feed.dispose());
      feeds.clear();
      await Promise.allSettled(endings);
    },
  };
}
