import { encodeStationMessage } from '../../shared/frames.ts';
import type { ViewerKind } from '../../shared/status.ts';
import type { Frame } from './frame-cache.ts';
import type { FrameHub } from './frame-hub.ts';
import { Viewer } from './viewer.ts';
import type { ViewerPort } from './viewer-port.ts';

/** More eyes than any household has; one more is refused rather than let the machine suffocate. */
export const MAX_VIEWERS = 32;

/** Every page that watches. A live frame is encoded once for all of them. */
export class Viewers {
  readonly #hub: FrameHub;
  readonly #viewers = new Set<Viewer>();
  #newest: { frame: Frame; message: ArrayBuffer } | null = null;

  constructor(hub: FrameHub) {
    this.#hub = hub;
  }

  /** Adds a page; it gets the cached group of pictures as soon as it says `ready`. */
  attach(port: ViewerPort, kind: ViewerKind): void {
    if (this.#viewers.size >= MAX_VIEWERS) {
      port.close('too-many-viewers');
      return;
    }
    const viewer = new Viewer(kind, port, this.#hub, (frame, catchUp) =>
      catchUp ? frameMessage(frame, true) : this.#liveMessage(frame),
    );
    this.#viewers.add(viewer);
    port.onClose(() => {
      viewer.left();
      this.#viewers.delete(viewer);
    });
  }

  dispose(): void {
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
    this.#newest = null;
  }

  #liveMessage(frame: Frame): ArrayBuffer {
    if (this.#newest?.frame !== frame)
      this.#newest = { frame, message: frameMessage(frame, false) };
    return this.#newest.message;
  }
}

/** The frame as it travels; `catchUp` marks a cached one that need not be drawn. */
function frameMessage(frame: Frame, catchUp: boolean): ArrayBuffer {
  return encodeStationMessage({
    type: 'frame',
    generation: frame.generation,
    seq: frame.seq,
    keyframe: frame.keyframe,
    catchUp,
    madeUp: frame.madeUp,
    capturedAtUs: frame.capturedAtUs,
    data: frame.data,
  });
}
