import type { EncoderOptions } from './bitstream/encoder.ts';
import type { StreamShape } from './bitstream/tello-shape.ts';
import type { VideoChange } from './drone/drone-effects.ts';

export type VideoSettings = EncoderOptions &
  StreamShape & {
    /** The most a video datagram carries. */
    datagramBytes: number;
    /** Probability that a slice is lengthened to a multiple of `datagramBytes`, so that no short datagram ends it. */
    exactMultiples: number;
    /** The camera under the drone instead of the one in front. */
    looksDown?: boolean;
  };

/** What the resolution-change fault and `setresolution low` change to: the Tello's 480p. */
export const LOW_RESOLUTION = { width: 640, height: 480 } as const;

/** The camera that looks down. */
const DOWN_RESOLUTION = { width: 320, height: 240 } as const;

/** The settings after a change; `usual` are those it was switched on with. */
export function changedVideo(
  now: VideoSettings,
  usual: VideoSettings,
  change: VideoChange,
): VideoSettings {
  const settings = { ...now };
  if (change.fps !== undefined) settings.fps = change.fps;
  // 0 stands for "automatic".
  if (change.bitrateBps !== undefined) settings.bitrateBps = change.bitrateBps || usual.bitrateBps;
  if (change.resolution === 'low') Object.assign(settings, LOW_RESOLUTION);
  if (change.looksDown !== undefined) settings.looksDown = change.looksDown;
  if (change.looksDown) Object.assign(settings, DOWN_RESOLUTION);
  if (change.resolution === 'high' || change.looksDown === false) {
    settings.width = usual.width;
    settings.height = usual.height;
  }
  return settings;
}
