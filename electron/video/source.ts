import type { StreamFormat } from '../../shared/frames.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { DroneStatus, LinksStatus, Phase, ReaderStatus } from '../../shared/status.ts';
import type { StationError } from '../base/failures.ts';
import type { DroneControls } from './drone-controls.ts';

/** One picture as a source delivers it: encoded, whole, in order. */
export type SourceFrame = {
  format: StreamFormat;
  /** H.264: an IDR access unit that begins with its SPS and PPS. JPEG: always true. */
  keyframe: boolean;
  /** False where part of the picture was lost on the way and filled in; it decodes all the same. */
  whole: boolean;
  /** True for a picture that never came, made up so that later ones find what they refer to: never to be shown. */
  madeUp: boolean;
  /** Arrival of the last datagram (or of the camera's frame), on the station's clock. */
  capturedAtUs: number;
  /** Annex B with 4-byte start codes, or one JPEG. The source hands it over and never writes to it again. */
  data: Uint8Array;
};

/** What an open source tells the session. Calls after the signal fired are ignored. */
export type SourceListener = {
  frame(frame: SourceFrame): void;
  /** `count` frames were given up before they became a frame (damaged, oversize, stale). */
  dropped(count: number): void;
  /** What the source is doing while no picture comes, and what is wrong, if something is. */
  phase(phase: Phase, error: StationError | null): void;
  /** The source ended by itself and must be opened anew. Said once. */
  lost(error: StationError): void;
};

/** A source that is open. `dispose` is idempotent and leaves no socket, timer or child process. */
export type OpenSource = {
  /** Name as a person knows it: `Tello`, `Simulated drone`, `Logitech C920`. */
  name: string;
  /** Figures for the status, read when it is asked for. */
  datagrams?(): number;
  drone?(): DroneStatus | null;
  reader?(): ReaderStatus | null;
  links?(): LinksStatus | null;
  /** The pilot's hands, where the source flies. */
  controls?: DroneControls;
  dispose(): Promise<void>;
};

/** What the source is doing, as far as it decides whether there is a picture to keep. */
export type SourceFacts = {
  /** For file names. */
  name: string;
  /** What was asked for; null while nothing is connected. */
  spec: SourceSpec | null;
  connected: boolean;
  /** Age of the newest frame; null before the first. */
  frameAgeMs: number | null;
  /** What helps while there is no picture. */
  tip: string | undefined;
};

/**
 * Opens a source. Resolves when it is open (pictures may take longer), rejects with a `StationError`.
 * When `signal` fires, everything opened so far is released before it rejects.
 */
export type OpenSourceFunction<S extends SourceSpec = SourceSpec> = (
  spec: S,
  listener: SourceListener,
  signal: AbortSignal,
) => Promise<OpenSource>;
