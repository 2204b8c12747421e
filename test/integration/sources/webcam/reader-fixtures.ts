import { fileURLToPath } from 'node:url';
import type { StationError } from '../../../../electron/base/failures.ts';
import type { Child, StartChild } from '../../../../electron/processes/child.ts';
import { startNodeChild } from '../../../../electron/processes/start-child.ts';
import {
  READER_LIMITS,
  type ReaderLimits,
} from '../../../../electron/sources/webcam/reader-limits.ts';
import type { SourceFrame, SourceListener } from '../../../../electron/video/source.ts';
import type { WebcamSource } from '../../../../shared/source.ts';

export const TEST_PICTURE: WebcamSource = {
  kind: 'webcam',
  device: 'test',
  mode: { width: 320, height: 240, fps: 30 },
};

/** Bounds a test can wait for. The ratios are those of the real ones. */
export const SHORT_LIMITS: ReaderLimits = {
  ...READER_LIMITS,
  openMs: 1_500,
  pictureMs: 1_000,
  closeGraceMs: 500,
  listMs: 1_500,
  memoryCheckMs: 100,
};

/** Waits for a state rather than for a time; the test's own timeout is the bound. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** A listener that keeps what it hears. */
export class Ear implements SourceListener {
  frames: SourceFrame[] = [];
  drops = 0;
  losses: StationError[] = [];

  frame(frame: SourceFrame): void {
    this.frames.push(frame);
  }

  dropped(count: number): void {
    this.drops += count;
  }

  phase(): void {
    // Cameras have no phases of their own.
  }

  lost(error: StationError): void {
    this.losses.push(error);
  }

  async hears(frames: number): Promise<void> {
    const before = this.frames.length;
    await until(() => this.frames.length >= before + frames);
  }
}

/** Starts true readers and remembers them, so that a test can do them harm. */
export function rememberingStart(start: StartChild = startNodeChild) {
  const children: Child[] = [];
  const gone = new Set<Child>();
  const startChild: StartChild = (entry, options) => {
    const child = start(entry, options);
    children.push(child);
    child.onExit(() => gone.add(child));
    return child;
  };
  return {
    startChild,
    count: () => children.length,
    alive: () => children.filter((child) => !gone.has(child)).length,
    signal(signal: NodeJS.Signals) {
      const pid = children.at(-1)?.pid;
      if (pid === undefined) throw new Error('no child to signal');
      process.kill(pid, signal);
    },
  };
}

/** Starts a reader that misbehaves as `kind` says; see `rogue/webcam-reader.js`. */
export function rogueStart(kind: string): StartChild {
  const rogue = fileURLToPath(new URL('rogue', import.meta.url));
  return (entry, options) => {
    const bundles = process.env.HOVERDECK_BUNDLES;
    process.env.HOVERDECK_BUNDLES = rogue;
    try {
      return startNodeChild(entry, { ...options, args: [kind] });
    } finally {
      if (bundles === undefined) delete process.env.HOVERDECK_BUNDLES;
      else process.env.HOVERDECK_BUNDLES = bundles;
    }
  };
}

/** A signal nobody fires. */
export const never = () => new AbortController().signal;
