import { spawn, spawnSync } from 'node:child_process';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { childrenOf } from '../support/children-of.ts';
import { type Cost, costOf, cpuPercent } from './process-cost.ts';
import { milliseconds } from './statistics.ts';

/** `npm run bench:share -- --quick` measures a third as long. */
const SECONDS = process.argv.includes('--quick') ? 8 : 30;
/** Children start, decoders warm up. */
const SETTLE_MS = 3_000;
/** From one address no more may watch; a loopback has many. */
const CLIENTS_AN_ADDRESS = 8;

const rows: Record<string, Record<string, string>> = {};

await measureStreams('simulator', '/stream.mjpeg?width=640', [0, 1, 8, 32]);
await measureStreams('webcam:test', '/stream.mjpeg', [0, 8]);
await measureStreams('simulator', '/stream.h264', [8]);
await measureStalled();
await measurePeer();
console.table(rows);

/**
 * One client in this process, for delay and rate; the others are programs of their own, since to wake thirty
 * of them costs the sender more than to wake one. A rate of one a second is the “no signal” picture’s.
 */
async function measureStreams(
  source: string,
  path: string,
  counts: readonly number[],
): Promise<void> {
  // Raw H.264 says nothing of when a picture was taken.
  const isTimed = path.startsWith('/stream.mjpeg');
  const host = await startBrowserHost(['--source', source]);
  try {
    for (const count of counts) {
      const delays: number[] = [];
      const reader = count === 0 ? null : await watch(host.url + path, delays);
      const others = Array.from({ length: Math.max(0, count - 1) }, (_, index) =>
        spawn('curl', [
          ...['-s', '-o', '/dev/null', '--interface', addressOf(index + 1)],
          host.url + path,
        ]),
      );
      await sleep(SETTLE_MS);
      delays.length = 0;
      const [transcoder] = childrenOf(host.pid, 'transcoder');
      const before = await costs(host.pid, transcoder);
      await sleep(SECONDS * 1_000);
      const after = await costs(host.pid, transcoder);
      rows[`${source} ${path}, ${count} clients`] = {
        transcoders: String(childrenOf(host.pid, 'transcoder').length),
        'main, CPU': cpuPercent(before.main, after.main, SECONDS),
        'transcoder, CPU': cpuPercent(before.child, after.child, SECONDS),
        'main, memory': `${after.main?.residentMiB.toFixed(0)} MiB`,
        'pictures a second':
          isTimed && count > 0 ? (delays.length / SECONDS).toFixed(1) : 'not measured',
        'arrival → client, p50 / p95': milliseconds(delays),
      };
      reader?.destroy();
      for (const other of others) other.kill();
      await sleep(1_000);
    }
  } finally {
    await host.stop();
  }
}

/** One who never reads, twice as long as the others: memory before and after. */
async function measureStalled(): Promise<void> {
  const host = await startBrowserHost(['--source', 'simulator']);
  try {
    const { port } = new URL(host.url);
    const delays: number[] = [];
    const reader = await watch(`${host.url}/stream.h264`, delays);
    const stalled = connect(Number(port), '127.0.0.1');
    stalled.write(`GET /stream.h264 HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    stalled.pause();
    await sleep(10_000);
    const before = await costOf(host.pid);
    await sleep(2_000 * SECONDS);
    const after = await costOf(host.pid);
    rows[`/stream.h264, one stalled for ${2 * SECONDS} s more`] = {
      'main, memory': `${before?.residentMiB.toFixed(0)} → ${after?.residentMiB.toFixed(0)} MiB`,
    };
    stalled.destroy();
    reader.destroy();
  } finally {
    await host.stop();
  }
}

/** FFmpeg alone, the same work: H.264 of the same size in, scaled JPEG in multipart out, to nobody. */
async function measurePeer(): Promise<void> {
  if (spawnSync('ffmpeg', ['-version']).status !== 0) return;
  const host = await startBrowserHost(['--source', 'simulator']);
  const peer = spawn('ffmpeg', [
    ...['-v', 'error', '-threads', '1', '-f', 'h264', '-i', `${host.url}/stream.h264`],
    ...['-vf', 'scale=640:-2', '-q:v', '6', '-f', 'mpjpeg', '-y', '/dev/null'],
  ]);
  try {
    // It looks at the stream for seconds before it begins.
    await sleep(3 * SETTLE_MS);
    const before = await costOf(peer.pid ?? 0);
    await sleep(SECONDS * 1_000);
    const after = await costOf(peer.pid ?? 0);
    rows['FFmpeg, multipart of the same, no client'] = {
      'transcoder, CPU': cpuPercent(before, after, SECONDS),
    };
  } finally {
    peer.kill('SIGKILL');
    await host.stop();
  }
}

function addressOf(index: number): string {
  return `127.0.0.${1 + Math.floor(index / CLIENTS_AN_ADDRESS)}`;
}

async function costs(main: number, child: number | undefined) {
  const none: Cost | null = null;
  return { main: await costOf(main), child: child === undefined ? none : await costOf(child) };
}

/** Reads as fast as it comes; `delays` gets, per picture, how long after its arrival from the source it was here. */
function watch(url: string, delays: number[]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`));
      // Of a picture in pieces the last counts: its beginning holds the time it was taken at.
      let takenAtMs = Number.NaN;
      response.on('data', (data: Buffer) => {
        const stamp = data.lastIndexOf('X-Timestamp: ');
        if (stamp >= 0) takenAtMs = 1_000 * Number(data.toString('latin1', stamp + 13, stamp + 30));
        const isEnd = data.toString('latin1', data.length - 9) === '--frame\r\n';
        if (!isEnd || Number.isNaN(takenAtMs)) return;
        delays.push(performance.timeOrigin + performance.now() - takenAtMs);
        takenAtMs = Number.NaN;
      });
      response.on('error', (error: NodeJS.ErrnoException) => {
        // What follows when it is told to go.
        if (error.code !== 'ECONNRESET') console.error(error);
      });
      resolve(response);
    });
    request.on('error', reject);
  });
}
