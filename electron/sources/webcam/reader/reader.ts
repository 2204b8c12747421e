import type { CameraMode } from '../../../../shared/cameras.ts';
import type { CameraMark, WantedMode } from '../channel.ts';
import type { WholeJpeg } from './mend-jpeg.ts';

/** One picture out of a camera, not yet encoded: a stale one is released without that work. */
export type RawPicture = {
  /** When it was in hand, on the machine's clock. */
  readAtUs: number;
  /**
   * The picture as one whole JPEG; null when it is damaged. Called at most once, never while another
   * `encode` of the same reader is under way.
   */
  encode(): Promise<WholeJpeg | null>;
  /** Gives its memory back; idempotent, and never while `encode` is under way. */
  release(): void;
};

/** An open camera, whatever library reads it. */
export type CameraReader = {
  name: string;
  device: string;
  mark: CameraMark;
  mode: CameraMode;
  passThrough: boolean;
  /** The next picture. A second call while one is under way is refused. Rejects when the camera is gone. */
  read(): Promise<RawPicture>;
  /** Waits for a pending read and closes the device. */
  close(): Promise<void>;
};

/** What a reader is asked to open: a device that was found, or the test picture. */
export type ReaderTarget = {
  /** Path of the node itself, never a link to it. */
  device: string;
  /** As a person reads it; no two cameras share one. */
  name: string;
  /** What it is known by once it is gone. */
  mark: CameraMark;
  /** Place in the list, which is how OpenCV counts cameras on macOS and Windows. */
  index: number;
  synthetic: boolean;
  /** Modes as listed; empty where they could not be asked for. */
  modes: readonly CameraMode[];
  wanted: WantedMode | undefined;
};
