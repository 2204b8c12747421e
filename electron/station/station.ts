import type { PhotoFormat } from '../../shared/captures.ts';
import type { EventName, EventPayload } from '../../shared/events.ts';
import type { RequestFunction } from '../../shared/requests.ts';
import type { Result } from '../../shared/result.ts';
import type { ViewerKind } from '../../shared/status.ts';
import type { Caller } from '../base/caller.ts';
import type { EventListener } from '../base/station-events.ts';
import type { Share } from '../share/share.ts';
import type { ViewerPort } from '../video/viewer-port.ts';

export type { PictureShape } from '../media/transcoder-messages.ts';

/** A file of the library, by its place on the disk. */
type ItemFile = { path: string; size: number; type: string; fileName: string };

/** The heart of the app as its hosts see it: requests in, events and frames out, one `dispose`. */
export type Station = {
  /** A request of `shared/requests.ts` from inside main, typed by its name. Never rejects. */
  request: RequestFunction;
  /**
   * The same for a transport, which takes anything from anywhere: name and input are checked here, and
   * every failure comes back as a `Result`. Never rejects.
   */
  answer(name: string, input: unknown, caller: Caller): Promise<Result<unknown>>;
  /** Subscribes to one event of `shared/events.ts`. */
  on<N extends EventName>(name: N, callback: (payload: EventPayload<N>) => void): () => void;
  /** Subscribes to every event, for a transport. */
  onEvent(listener: EventListener): () => void;
  /** Adds a viewer; it gets the cached group of pictures as soon as it says `ready`. */
  attachViewer(port: ViewerPort, kind: ViewerKind): void;
  /** The newest picture as JPEG; rejects with a `StationError` (`no-picture`, `stale-picture`, …). */
  snapshot(): Promise<Uint8Array>;
  /** A recent capture's thumbnail (JPEG); undefined for an unknown id. */
  thumbnail(id: string): Uint8Array | undefined;
  /** A recent capture as it lies on the disk; undefined for an unknown id, rejects with a `StationError`. */
  picture(id: string): Promise<{ bytes: Uint8Array; format: PhotoFormat } | undefined>;
  /** Whether the open source is a drone that may be in the air: what asks before it lets go of it. */
  couldBeFlying(): boolean;
  /** Stop and land, as far as that can be done in a moment. Never rejects. */
  landNow(why: string): Promise<void>;
  /** A file of the library, to be served; rejects with a `StationError` (`not-found`, …). */
  openItem(id: string): Promise<ItemFile>;
  /** A small picture of a file of the library (JPEG); rejects with a `StationError`. */
  itemThumbnail(id: string): Promise<Uint8Array>;
  /** Pictures in a shape of one's own; rejects nobody it can serve. @throws StationError `busy` */
  watchPictures: Share['watchPictures'];
  /** The H.264 stream as it is. @throws StationError `busy` */
  watchStream: Share['watchStream'];
  /** Said by the host that serves browsers. */
  servedBy: Share['servedBy'];
  /** Ends everything: sockets, timers, children. Idempotent. */
  dispose(): Promise<void>;
};
