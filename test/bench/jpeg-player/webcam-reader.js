// Stands in for a camera with MJPEG where there is none: sends the JPEGs of the file named by
// HOVERDECK_BENCH_JPEGS (each behind its length) at 30 a second, over the true channel.
import { readFileSync } from 'node:fs';

const FPS = 30;
const [width, height] = (process.env.HOVERDECK_BENCH_SIZE ?? '').split('x').map(Number);
const file = readFileSync(process.env.HOVERDECK_BENCH_JPEGS ?? '');
const jpegs = [];
for (let at = 0; at < file.length; ) {
  const length = file.readUInt32LE(at);
  jpegs.push(file.subarray(at + 4, at + 4 + length));
  at += 4 + length;
}

let seq = 0;
let underWay = 0;

function machineNowUs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + nanoseconds / 1e3;
}

function tick() {
  const readAtUs = machineNowUs();
  if (underWay >= 2) {
    process.send({ type: 'dropped', why: 'stale' });
    return;
  }
  // The copy out of the camera's buffer, which the true reader makes as well.
  const data = new Uint8Array(jpegs[seq % jpegs.length]);
  seq += 1;
  underWay += 1;
  process.send({ type: 'picture', seq, width, height, readAtUs, data });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.type === 'open') {
    const mode = { width, height, fps: FPS, format: 'mjpeg' };
    const camera = { name: 'Player', device: 'player' };
    process.send({ type: 'opened', ...camera, mark: camera, mode, passThrough: true });
    const startedAt = performance.now();
    const again = (frame) => {
      setTimeout(
        () => {
          tick();
          again(frame + 1);
        },
        Math.max(0, startedAt + (frame * 1_000) / FPS - performance.now()),
      );
    };
    again(1);
  }
  if (message.type === 'consumed') underWay -= 1;
  if (message.type === 'close') process.exit(0);
});
