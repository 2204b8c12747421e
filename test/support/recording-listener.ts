import type { StationError } from '../../electron/base/failures.ts';
import type { SourceFrame, SourceListener } from '../../electron/video/source.ts';
import type { Phase } from '../../shared/status.ts';

/** Hears everything a source says and keeps it. */
export class RecordingListener implements SourceListener {
  readonly frames: SourceFrame[] = [];
  readonly phases: { phase: Phase; error: StationError | null }[] = [];
  readonly losses: StationError[] = [];
  droppedCount = 0;

  frame(frame: SourceFrame): void {
    this.frames.push(frame);
  }

  dropped(count: number): void {
    this.droppedCount += count;
  }

  phase(phase: Phase, error: StationError | null): void {
    this.phases.push({ phase, error });
  }

  lost(error: StationError): void {
    this.losses.push(error);
  }

  /** What it heard last, for a test to wait for. */
  get now(): { phase: Phase | undefined; code: string | undefined } {
    const last = this.phases.at(-1);
    return { phase: last?.phase, code: last?.error?.code };
  }
}
