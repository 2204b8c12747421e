import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Child, StartChild } from '../../electron/processes/child.ts';

/** The cameras of the machine the suite runs in, and every harm that can be done to them. */

export const FIRST = { device: '/dev/video0', name: 'vivid-000-vid-cap' };
export const SECOND = { device: '/dev/video1', name: 'vivid-001-vid-cap' };
export const LOOPBACK = { device: '/dev/video9', name: 'Loopback Cam' };
/** A second one of the same name, and one whose name says nothing; plugged in by `plugTwins` only. */
export const TWIN = { device: '/dev/video8', name: LOOPBACK.name };
export const NAMELESS = { device: '/dev/video7', name: ' ' };

/** A kernel that does not answer a command within this has lost its way. */
const COMMAND_MS = 60_000;

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run this with npm run test:camera`);
  return value;
}

function modprobe(...args: string[]): void {
  const place = ['-d', setting('HOVERDECK_VM_MODULES'), '-S', setting('HOVERDECK_VM_RELEASE')];
  execFileSync('modprobe', [...place, ...args], { timeout: COMMAND_MS });
}

/** Plugs in the two vivid cameras, at the given numbers. */
export function plugVivid(first = 0, second = 1): void {
  modprobe(
    ...['vivid', 'n_devs=2', 'node_types=0x1,0x1', 'num_inputs=1,1', 'input_types=0,0'],
    `vid_cap_nr=${first},${second}`,
  );
}

export function unplugVivid(): void {
  modprobe('-r', 'vivid');
}

/** Plugs loopback cameras in; with all of them, or with those of given numbers. */
export function plugLoopback(cameras = [LOOPBACK]): void {
  modprobe('videodev');
  const options = [
    `devices=${cameras.length}`,
    `video_nr=${cameras.map(({ device }) => device.replace('/dev/video', '')).join(',')}`,
    `card_label="${cameras.map(({ name }) => name).join(',')}"`,
    `exclusive_caps=${cameras.map(() => 1).join(',')}`,
    'max_buffers=32',
  ];
  execFileSync('insmod', [setting('HOVERDECK_VM_LOOPBACK'), ...options]);
}

export function unplugLoopback(): void {
  execFileSync('rmmod', ['v4l2loopback'], { timeout: COMMAND_MS });
}

/** Does one of vivid's injected faults. */
export function inject(fault: string, device = FIRST.device): void {
  execFileSync('v4l2-ctl', ['-d', device, '-c', `${fault}=1`]);
}

/** Whoever plays the MJPEG camera: without it the camera has no picture, and reading it never returns. */
export class LoopbackWriter {
  readonly #device: string;
  readonly #clip: string;
  #process: ChildProcess;

  constructor(device = LOOPBACK.device, clip = 'clip.avi') {
    this.#device = device;
    this.#clip = clip;
    this.#process = this.#start();
  }

  /** Resolves when the loopback shows itself as a camera. */
  async plays(): Promise<void> {
    while (!offersMjpeg(this.#device)) {
      if (this.#process.exitCode !== null) {
        // A writer that was killed under its reader can leave the driver in a state that takes no other.
        unplugLoopback();
        plugLoopback();
        this.#process = this.#start();
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  kill(): Promise<void> {
    if (this.#process.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.kill('SIGKILL');
    });
  }

  #start(): ChildProcess {
    const clip = join(setting('HOVERDECK_VM_CLIPS'), this.#clip);
    const play = ['-v', 'fatal', '-re', '-stream_loop', '-1', '-i', clip, '-c', 'copy'];
    return spawn('ffmpeg', [...play, '-f', 'v4l2', this.#device], { stdio: 'ignore' });
  }
}

function offersMjpeg(device: string): boolean {
  try {
    const formats = execFileSync('v4l2-ctl', ['-d', device, '--list-formats'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: COMMAND_MS,
    });
    return formats.includes('MJPG');
  } catch {
    // Not a capture device yet.
    return false;
  }
}

/** A stranger's program that has the camera. */
export async function occupy(device: string): Promise<() => Promise<void>> {
  const stranger = spawn('v4l2-ctl', ['-d', device, '--stream-mmap', '--stream-count=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // It prints its rate as soon as pictures flow.
  await new Promise((resolve) => stranger.stderr.once('data', resolve));
  return () =>
    new Promise((resolve) => {
      stranger.once('exit', () => resolve());
      stranger.kill('SIGKILL');
    });
}

/** The JPEGs the loopback camera plays, as they lie in the file. */
export function clipJpegs(): Buffer[] {
  const folder = join(setting('HOVERDECK_VM_CLIPS'), 'jpegs');
  return readdirSync(folder)
    .toSorted()
    .map((name) => readFileSync(join(folder, name)));
}

/** Processes that have a camera open, by what `/proc` says. */
export function holders(device: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && openFiles(name).includes(device))
    .map(Number);
}

function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    // A process or a file that went while we looked holds no camera.
    return [];
  }
}

/** Starts readers as a user who is in no group at all. */
export const startAsNobody: StartChild = (entry): Child => {
  const nobody = 65_534;
  const child = fork(join(setting('HOVERDECK_BUNDLES'), `${entry}.js`), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    uid: nobody,
    gid: nobody,
  });
  return {
    pid: child.pid,
    send: (message) => void child.send(message as object, () => undefined),
    onMessage: (callback) => void child.on('message', callback),
    onExit: (callback) => void child.once('exit', (code, signal) => callback({ code, signal })),
    lastWords: () => '',
    kill: (signal) => void child.kill(signal),
  };
};
