import type { EventName, EventPayload } from '../../shared/events.ts';
import type { Result } from '../../shared/result.ts';
import type { ViewerStatus } from '../../shared/status.ts';
import type { ViewerPort } from '../video/viewer-port.ts';

/** The heart of the app as its hosts see it: requests in, events and frames out, one `dispose`. */
export type Station = {
  /**
   * Answers one request of `shared/requests.ts`. Takes anything from anywhere: name and input are
   * checked here, and every failure comes back as a `Result`. Never rejects.
   */
  request(name: string, input: unknown): Promise<Result<unknown>>;
  /** Subscribes to every event of `shared/events.ts`. */
  onEvent(listener: <N extends EventName>(name: N, payload: EventPayload<N>) => void): () => void;
  /** Adds a viewer; it gets the cached group of pictures as soon as it says `ready`. */
  attachViewer(port: ViewerPort, kind: ViewerStatus['kind']): void;
  /** The newest picture as JPEG; rejects with a `StationError` (`no-picture`, `stale-picture`, …). */
  snapshot(): Promise<Uint8Array>;
  /** A recent capture's thumbnail (JPEG); undefined for an unknown id. */
  thumbnail(id: string): Uint8Array | undefined;
  /** Ends everything: sockets, timers, children. Idempotent. */
  dispose(): Promise<void>;
};
