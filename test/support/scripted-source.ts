import type { StationError } from '../../electron/base/failures.ts';
import type {
  OpenSource,
  OpenSourceFunction,
  SourceFrame,
  SourceListener,
} from '../../electron/video/source.ts';
import type { SourceSpec } from '../../shared/source.ts';

/** One life of a scripted source, as the test drives it. */
export type ScriptedLife = {
  spec: SourceSpec;
  listener: SourceListener;
  signal: AbortSignal;
  /** Finishes opening. */
  succeed(): void;
  fail(error: StationError): void;
  disposed: boolean;
};

/** A source a test holds in its hands: it opens, fails and ends when the test says so. */
export function scriptedSource(): {
  open: OpenSourceFunction;
  lives: ScriptedLife[];
  openNow: () => number;
} {
  const lives: ScriptedLife[] = [];
  let openCount = 0;
  const open: OpenSourceFunction = (spec, listener, signal) =>
    new Promise<OpenSource>((resolve, reject) => {
      const life: ScriptedLife = {
        spec,
        listener,
        signal,
        disposed: false,
        succeed() {
          if (signal.aborted) return;
          openCount++;
          resolve({
            name: `Scripted ${spec.kind}`,
            dispose: async () => {
              if (!life.disposed) openCount--;
              life.disposed = true;
            },
          });
        },
        fail: reject,
      };
      lives.push(life);
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
  return { open, lives, openNow: () => openCount };
}

/** A frame of made-up bytes: enough for everything that does not decode. */
export function someFrame(part: Partial<SourceFrame> = {}): SourceFrame {
  return {
    format: { codec: 'h264', codecString: 'avc1.4D4028', width: 960, height: 720 },
    keyframe: false,
    whole: true,
    madeUp: false,
    capturedAtUs: performance.now() * 1_000,
    data: new Uint8Array([0, 0, 0, 1, 0x41, 1, 2, 3]),
    ...part,
  };
}
