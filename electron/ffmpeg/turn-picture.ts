import { FilterAPI, type Frame, Rational } from 'node-av';
import type { View } from '../../shared/view.ts';

const ROTATIONS = {
  0: [],
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
} as const;

/** Turns a picture as the view shows it: mirrored first, then rotated clockwise. The caller frees both. */
export async function turnPicture(frame: Frame, view: View): Promise<Frame> {
  const steps = [...(view.mirror ? ['hflip'] : []), ...ROTATIONS[view.rotateDegrees]];
  if (steps.length === 0) return frame;
  // The filter's source refuses frames without a time base; a single picture has no time of its own.
  frame.timeBase = new Rational(1, 1);
  const filter = FilterAPI.create(steps.join(','));
  try {
    const [turned] = await filter.processAll(frame);
    if (turned === undefined) throw new Error('FFmpeg could not turn the picture.');
    return turned;
  } finally {
    filter.close();
  }
}
