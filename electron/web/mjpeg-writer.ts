import type { ServerResponse } from 'node:http';

/** Between pictures; named to the browser without the dashes. */
const BOUNDARY = 'frame';
/** Whoever has not taken a picture for this long has gone, and nobody told. */
const STALLED_MS = 30_000;

export const MJPEG_HEADERS = {
  'Content-Type': `multipart/x-mixed-replace; boundary=${BOUNDARY}`,
  'Cache-Control': 'no-cache',
  Connection: 'close',
} as const;

/** MJPG-streamer's unit; the station's own clock means nothing elsewhere. */
function secondsSince1970(atUs: number): string {
  return (performance.timeOrigin / 1e3 + atUs / 1e6).toFixed(6);
}

type Picture = { jpeg: Uint8Array; capturedAtUs: number };

/**
 * Writes pictures to one client, the newest only: what it is too slow for is replaced, and counted. It
 * never holds more than the picture under way and the one that waits.
 */
export class MjpegWriter {
  readonly #response: ServerResponse;
  #isBusy = false;
  #busySinceMs = 0;
  #waiting: Picture | null = null;
  #dropped = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
    // The next boundary goes with each picture, or browsers show it one picture late; so one goes first.
    response.write(`--${BOUNDARY}\r\n`);
    response.on('drain', () => this.#drained());
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** Whether it has stopped reading. */
  get isStalled(): boolean {
    return this.#isBusy && performance.now() - this.#busySinceMs > STALLED_MS;
  }

  write(picture: Picture): void {
    if (!this.#isBusy) {
      this.#write(picture);
      return;
    }
    if (this.#waiting !== null) this.#dropped++;
    this.#waiting = picture;
  }

  #write({ jpeg, capturedAtUs }: Picture): void {
    const response = this.#response;
    response.cork();
    response.write(
      `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.byteLength}\r\n` +
        `X-Timestamp: ${secondsSince1970(capturedAtUs)}\r\n\r\n`,
    );
    response.write(jpeg);
    const hasRoom = response.write(`\r\n--${BOUNDARY}\r\n`);
    response.uncork();
    this.#isBusy = !hasRoom;
    this.#busySinceMs = performance.now();
  }

  #drained(): void {
    this.#isBusy = false;
    const next = this.#waiting;
    this.#waiting = null;
    if (next !== null) this.#write(next);
  }
}
