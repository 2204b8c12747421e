import type { ViewerPort } from '../../electron/video/viewer-port.ts';
import type { FrameMessage, StationMessage, ViewerMessage } from '../../shared/frames.ts';
import { decodeStationMessage, encodeViewerMessage } from '../../shared/frames.ts';

/** The far end of a frame link, in memory: what a page would see, and what it could say. */
export class MemoryPort implements ViewerPort {
  readonly received: StationMessage[] = [];
  closed = false;
  #toStation: (message: ArrayBuffer) => void = () => undefined;
  #onClose: () => void = () => undefined;

  send(message: ArrayBuffer): void {
    const decoded = decodeStationMessage(message);
    if (decoded === null) throw new Error('the station sent something unreadable');
    this.received.push(decoded);
  }

  onMessage(callback: (message: ArrayBuffer) => void): void {
    this.#toStation = callback;
  }

  onClose(callback: () => void): void {
    this.#onClose = callback;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#onClose();
  }

  say(message: ViewerMessage): void {
    this.#toStation(encodeViewerMessage(message));
  }

  sayRaw(message: ArrayBuffer): void {
    this.#toStation(message);
  }

  frames(): FrameMessage[] {
    return this.received.filter((message) => message.type === 'frame');
  }

  /** Acknowledges everything received so far, as a quick page does. */
  acknowledgeAll(): void {
    const last = this.frames().at(-1);
    if (last) {
      this.say({ type: 'drawn', generation: last.generation, seq: last.seq, delayMs: 5 });
    }
  }
}
