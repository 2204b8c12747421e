import { createSocket } from 'node:dgram';
import type { RecordedDatagram } from './recorded-video.ts';

/** Sends a recording to a local port at its own pace; resolves when the last datagram has left. */
export async function replay(
  video: readonly RecordedDatagram[],
  arrived: readonly boolean[],
  port: number,
): Promise<void> {
  const socket = createSocket('udp4');
  const startedAtMs = performance.now();
  let index = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const now = performance.now() - startedAtMs;
      for (let next = video[index]; next !== undefined && next.atMs <= now; next = video[index]) {
        if (arrived[index]) socket.send(next.bytes, port, '127.0.0.1');
        index++;
      }
      if (index < video.length) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}
