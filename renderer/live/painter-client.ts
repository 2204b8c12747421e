import type { FrameLink, LinkState, Unsubscribe } from '../../shared/client.ts';
import { RetryDelays } from '../../shared/retry-delays.ts';
import { trueView, type View } from '../../shared/view.ts';
import {
  METERS_HZ,
  type Meters,
  type PageToPainter,
  type PainterToPage,
} from '../painter/messages.ts';

/** A painter whose figures stop for this long while the page runs is hung. */
const HUNG_AFTER_MS = 2_000;
/** The first figures may take longer: the worker must load, on a tablet over Wi-Fi. */
const FIRST_METERS_MS = 10_000;
const WATCH_PERIOD_MS = 1_000 / METERS_HZ;
/** A watch this late means that the page itself was asleep: nobody is to blame. */
const ASLEEP_AFTER_MS = 4 * WATCH_PERIOD_MS;
/** A worker or link that held this long did not fail at once: delays begin small again. */
const HEALTHY_AFTER_MS = 10_000;
const WORKER_DELAYS_MS = [0, 500, 1_000, 2_000, 5_000] as const;
const LINK_DELAYS_MS = [0, 250, 500, 1_000, 2_000, 5_000] as const;

export type PainterOptions = {
  createWorker(): Worker;
  /** Puts a new canvas on the page in place of the former: one canvas can be handed over only once. */
  mountCanvas(): OffscreenCanvas;
  openFrameLink(): Promise<FrameLink>;
  onLink(callback: (state: LinkState) => void): Unsubscribe;
  onMeters(meters: Meters): void;
  nowMs(): number;
};

export type PainterClient = { setView(view: View): void; dispose(): void };

/**
 * Owns the worker that draws, and keeps it drawing: a crashed or hung worker is replaced together with
 * its canvas, a lost frame link is opened anew, both with growing delays. Frames never pass here.
 */
export function createPainterClient(options: PainterOptions): PainterClient {
  const workerDelays = new RetryDelays(WORKER_DELAYS_MS, HEALTHY_AFTER_MS);
  const linkDelays = new RetryDelays(LINK_DELAYS_MS, HEALTHY_AFTER_MS);
  let view = trueView;
  let worker: Worker | null = null;
  let workerSinceMs = 0;
  let linkSinceMs = 0;
  let lastMetersMs: number | null = null;
  let lastWatchMs = options.nowMs();
  let linkWanted = false;
  let disposed = false;
  let workerTimer: ReturnType<typeof setTimeout> | undefined;
  let linkTimer: ReturnType<typeof setTimeout> | undefined;

  function start(): void {
    const mine = options.createWorker();
    worker = mine;
    workerSinceMs = options.nowMs();
    lastMetersMs = null;
    mine.onmessage = (event: MessageEvent<PainterToPage>) => {
      if (worker === mine) receive(event.data);
    };
    mine.onerror = (event) => replace(mine, event.message || 'it could not be loaded');
    mine.onmessageerror = () => replace(mine, 'it sent something unreadable');
    const canvas = options.mountCanvas();
    post({ type: 'canvas', canvas }, [canvas]);
    post({ type: 'view', ...view });
    connectLink();
  }

  function replace(mine: Worker, reason: string): void {
    if (worker !== mine) return;
    console.warn(`Hoverdeck: the painter is replaced, because ${reason}.`);
    mine.terminate();
    worker = null;
    clearTimeout(linkTimer);
    workerDelays.wasHealthyFor(options.nowMs() - workerSinceMs);
    workerTimer = setTimeout(start, workerDelays.nextMs());
  }

  function receive(message: PainterToPage): void {
    switch (message.type) {
      case 'meters':
        lastMetersMs = options.nowMs();
        options.onMeters(message);
        break;
      case 'link-lost':
        linkDelays.wasHealthyFor(options.nowMs() - linkSinceMs);
        retryLink();
        break;
    }
  }

  function retryLink(): void {
    linkWanted = true;
    clearTimeout(linkTimer);
    linkTimer = setTimeout(connectLink, linkDelays.nextMs());
  }

  function connectLink(): void {
    const mine = worker;
    if (mine === null) return;
    clearTimeout(linkTimer);
    linkWanted = false;
    options.openFrameLink().then(
      (link) => {
        if (worker !== mine) return;
        linkSinceMs = options.nowMs();
        handOver(link);
      },
      (error: unknown) => {
        if (worker !== mine) return;
        console.warn('Hoverdeck: no frame link yet.', error);
        retryLink();
      },
    );
  }

  function handOver(link: FrameLink): void {
    if (link.kind === 'socket') post({ type: 'link', link });
    else if (link.port instanceof MessagePort) {
      post({ type: 'link', link: { kind: 'port', port: link.port } }, [link.port]);
    }
  }

  function post(message: PageToPainter, transfer: Transferable[] = []): void {
    worker?.postMessage(message, transfer);
  }

  function watch(): void {
    const nowMs = options.nowMs();
    const asleep = nowMs - lastWatchMs > ASLEEP_AFTER_MS;
    lastWatchMs = nowMs;
    if (worker === null) return;
    if (asleep) {
      if (lastMetersMs === null) workerSinceMs = nowMs;
      else lastMetersMs = nowMs;
      return;
    }
    const quietMs = nowMs - (lastMetersMs ?? workerSinceMs);
    const allowedMs = lastMetersMs === null ? FIRST_METERS_MS : HUNG_AFTER_MS;
    if (quietMs > allowedMs) replace(worker, `it was silent for ${Math.round(quietMs)} ms`);
  }

  const watchTimer = setInterval(watch, WATCH_PERIOD_MS);
  const stopFollowing = options.onLink((state) => {
    // The station is back: no need to sit out the rest of a delay.
    if (state === 'open' && linkWanted) connectLink();
  });
  start();

  return {
    setView(next) {
      view = next;
      post({ type: 'view', ...view });
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      stopFollowing();
      clearInterval(watchTimer);
      clearTimeout(workerTimer);
      clearTimeout(linkTimer);
      worker?.terminate();
      worker = null;
    },
  };
}
