import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { readPictureCode } from '../../electron/simulator/picture/picture-code.ts';
import { startSimulator } from '../support/simulator.ts';

const CODE_ROWS = 48;
const HEADER_BYTES = 16;

/** Ages of the pictures OpenCV reads (painted → read), in ms; null with the reason where it cannot run. */
export async function opencvAges(
  mode: 'default' | 'low-delay',
  seconds: number,
): Promise<number[] | { skipped: string }> {
  const script = resolve('test/bench/opencv_peer.py');
  const probe = spawn('/usr/bin/python3', ['-c', 'import cv2'], { stdio: 'ignore' });
  const [code] = await once(probe, 'exit').catch(() => [1]);
  if (code !== 0) return { skipped: 'needs python3-opencv (sudo apt-get install python3-opencv)' };

  const drone = await startSimulator();
  const control = createSocket('udp4');
  try {
    const peer = spawn(
      '/usr/bin/python3',
      [script, String(drone.source.ports.video), String(seconds), mode],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const chunks: Buffer[] = [];
    peer.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    const say = (command: string) => control.send(command, drone.source.ports.command, '127.0.0.1');
    say('command');
    await once(control, 'message');
    say('streamon');
    const keepAlive = setInterval(() => say('command'), 5_000);
    await once(peer, 'exit');
    clearInterval(keepAlive);
    return agesIn(Buffer.concat(chunks));
  } finally {
    control.close();
    await drone.close();
  }
}

function agesIn(records: Buffer): number[] {
  const ages: number[] = [];
  for (let at = 0; at + HEADER_BYTES <= records.length; ) {
    const readAtMs = records.readDoubleLE(at);
    const width = records.readUInt32LE(at + 8);
    const height = records.readUInt32LE(at + 12);
    const strip = records.subarray(at + HEADER_BYTES, at + HEADER_BYTES + width * CODE_ROWS);
    at += HEADER_BYTES + width * CODE_ROWS;
    const age = pictureAge(strip, width, height, readAtMs);
    if (age !== null) ages.push(age);
  }
  return ages;
}

/** How old the picture was at `readAtMs`, from its lowest rows; null where its code cannot be read. */
export function pictureAge(
  strip: Uint8Array,
  width: number,
  height: number,
  readAtMs: number,
): number | null {
  const luma = new Uint8Array(width * height);
  luma.set(strip, width * height - strip.length);
  const code = readPictureCode(luma, width, height, 1);
  return code === null ? null : readAtMs - code.timeMs;
}
