import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeUdpPorts } from '../support/simulator.ts';

/** When each picture came out of a peer, or why the peer could not run. */
export type PeerPictures = { startedAtMs: number; atMs: number[] } | { skipped: string };

/** A peer binds its port within this; nothing tells when. */
const STARTS_WITHIN_MS = 1_500;
/** What is still in its decoder after the last datagram comes out within this. */
const ENDS_WITHIN_MS = 1_500;

/** FFmpeg's command line, with its options for little delay; a picture is a line of its `showinfo`. */
export function ffmpegPictures(send: (port: number) => Promise<void>): Promise<PeerPictures> {
  return peerPictures(send, (port) => ({
    program: 'ffmpeg',
    args: [
      ...['-hide_banner', '-loglevel', 'info', '-fflags', 'nobuffer', '-flags', 'low_delay'],
      ...['-probesize', '32', '-analyzeduration', '0', '-f', 'h264'],
      ...['-i', `udp://127.0.0.1:${port}?fifo_size=1000000&overrun_nonfatal=1`],
      ...['-fps_mode', 'passthrough', '-vf', 'showinfo', '-f', 'null', '-'],
    ],
    picture: /\bn:\s*\d+ pts:/g,
    missing: 'needs ffmpeg (sudo apt-get install ffmpeg)',
  }));
}

/** OpenCV's `VideoCapture` with the same options. */
export function opencvPictures(send: (port: number) => Promise<void>): Promise<PeerPictures> {
  return peerPictures(send, (port) => ({
    program: '/usr/bin/python3',
    args: [resolve('test/bench/opencv_count.py'), String(port)],
    picture: /^picture$/gm,
    missing: 'needs python3-opencv (sudo apt-get install python3-opencv)',
  }));
}

type Peer = { program: string; args: string[]; picture: RegExp; missing: string };

async function peerPictures(
  send: (port: number) => Promise<void>,
  describe: (port: number) => Peer,
): Promise<PeerPictures> {
  const [port = 0] = await freeUdpPorts(1);
  const { program, args, picture, missing } = describe(port);
  const peer: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const atMs: number[] = [];
  const count = (text: string) => {
    for (const _match of text.matchAll(picture)) atMs.push(performance.now());
  };
  for (const stream of [peer.stdout, peer.stderr]) stream?.setEncoding('utf8').on('data', count);
  const exited = once(peer, 'exit').catch(() => undefined);
  const early = await Promise.race([exited, sleep(STARTS_WITHIN_MS, 'running')]);
  if (early !== 'running') return { skipped: missing };
  const startedAtMs = performance.now();
  await send(port);
  await sleep(ENDS_WITHIN_MS);
  peer.kill('SIGKILL');
  await exited;
  return { startedAtMs, atMs };
}
