/**
 * The station's end of one frame link, whatever carries it (message port, WebSocket). Messages are
 * those of `shared/frames.ts`.
 */
export type ViewerPort = {
  /** Never blocks and never throws; a link that is gone says so through `onClose`. */
  send(message: ArrayBuffer): void;
  onMessage(callback: (message: ArrayBuffer | Uint8Array) => void): void;
  /** Called once when the other end is gone. */
  onClose(callback: () => void): void;
  /** `too-many-viewers`: the other end is told that it was not let in. */
  close(why?: 'too-many-viewers'): void;
};
