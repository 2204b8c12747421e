import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { startSimulator } from '../support/simulator.ts';

/** One video datagram as the simulated drone sent it. */
export type RecordedDatagram = {
  /** Since the first one. */
  atMs: number;
  bytes: Uint8Array;
  /** Counts pictures from 0; parameter sets belong to the keyframe behind them. */
  picture: number;
  startsKeyframe: boolean;
  startsPicture: boolean;
};

/** Records the simulated drone's video on a perfect link, beginning with a keyframe's parameter sets. */
export async function recordVideo(seconds: number): Promise<RecordedDatagram[]> {
  const drone = await startSimulator();
  const control = createSocket('udp4');
  const video = createSocket('udp4');
  const recorded: RecordedDatagram[] = [];
  let startedAtMs: number | null = null;
  let picture = 0;
  try {
    video.bind(drone.source.ports.video, '127.0.0.1');
    await once(video, 'listening');
    video.setRecvBufferSize(4 * 1024 * 1024);
    video.on('message', (bytes) => {
      const type = nalType(bytes);
      startedAtMs ??= type === 7 ? performance.now() : null;
      if (startedAtMs === null) return;
      recorded.push({
        atMs: performance.now() - startedAtMs,
        bytes,
        picture,
        startsKeyframe: type === 5,
        startsPicture: type === 5 || type === 1,
      });
      // A short datagram ends a NAL unit; a slice's unit is a picture's.
      if (bytes.length < DATAGRAM_BYTES && type !== 7 && type !== 8) picture++;
    });
    const say = (command: string) => control.send(command, drone.source.ports.command, '127.0.0.1');
    say('command');
    await once(control, 'message');
    say('streamon');
    const keepAlive = setInterval(() => say('command'), 5_000);
    await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1_000));
    clearInterval(keepAlive);
  } finally {
    control.close();
    video.close();
    await drone.close();
  }
  return recorded;
}

const DATAGRAM_BYTES = 1_460;

/** Type of the NAL unit a datagram begins with; null where it begins in the middle of one. */
function nalType(bytes: Uint8Array): number | null {
  const starts = bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 1;
  return starts ? (bytes[4] ?? 0) & 0x1f : null;
}
