import type { ViewerStatus } from '../../shared/status.ts';
import type { Frame, FrameCache } from './frame-cache.ts';
import { frameMessage, Viewer } from './viewer.ts';
import type { ViewerPort } from './viewer-port.ts';

/** More eyes than any household has; one more is refused rather than let the machine suffocate. */
export const MAX_VIEWERS = 32;

/** Everybody who watches. A frame is encoded once for all of them. */
export class Viewers {
  readonly #cache: FrameCache;
  readonly #viewers = new Map<number, Viewer>();
  #nextId = 1;

  constructor(cache: FrameCache) {
    this.#cache = cache;
  }

  attach(port: ViewerPort, kind: ViewerStatus['kind']): void {
    if (this.#viewers.size >= MAX_VIEWERS) {
      port.close();
      return;
    }
    const viewer = new Viewer(this.#nextId++, kind, port, this.#cache);
    this.#viewers.set(viewer.id, viewer);
    port.onClose(() => this.#viewers.delete(viewer.id));
  }

  offer(frame: Frame): void {
    let message: ArrayBuffer | undefined;
    const encodeOnce = () => {
      message ??= frameMessage(frame, false);
      return message;
    };
    for (const viewer of this.#viewers.values()) viewer.offer(frame, encodeOnce);
  }

  end(generation: number): void {
    for (const viewer of this.#viewers.values()) viewer.end(generation);
  }

  status(): ViewerStatus[] {
    return [...this.#viewers.values()].map((viewer) => viewer.status());
  }

  dispose(): void {
    for (const viewer of this.#viewers.values()) viewer.close();
    this.#viewers.clear();
  }
}
