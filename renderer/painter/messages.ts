import type { FrameLink } from '../../shared/client.ts';
import type { Unable } from '../../shared/unable.ts';
import type { View } from '../../shared/view.ts';

/** What the page and the painter's worker say to each other. Frames never pass through the page. */

export type PageToPainter =
  | { type: 'canvas'; canvas: OffscreenCanvas }
  | { type: 'link'; link: FrameLink<MessagePort> }
  | ({ type: 'view' } & View);

export type PainterToPage =
  | ({ type: 'meters' } & Meters)
  /** The frame link ended; the page asks its client for a new one. */
  | { type: 'link-lost' };

/** The painter's own figures, posted at `METERS_HZ`, whether or not a picture comes. */
export type Meters = {
  generation: number;
  /** Size of the picture as decoded, before mirror and rotate; 0 before the first. */
  width: number;
  height: number;
  /** Pictures drawn in the last second. */
  fps: number;
  /** Arrival at the station to drawn, last seconds; null until clocks and pictures are there. */
  delayMs: { p50: number; p95: number } | null;
  /** Frame link open to first picture drawn: how long this viewer waited; null until then. */
  firstPictureMs: number | null;
  framesDrawn: number;
  /** The longest time between two pictures drawn; 0 before the second. */
  longestGapMs: number;
  /** Frames that came and were not drawn, and gaps in the sequence. */
  framesDropped: number;
  decodeErrors: number;
  /** Time since the newest drawn picture arrived at the station; null before the first of this generation. */
  pictureAgeMs: number | null;
  /** Set while this stream, or any, cannot be shown here at all. */
  unable: Unable | null;
};

export const METERS_HZ = 4;
