import { setTimeout as sleep } from 'node:timers/promises';
import type { WantedMode } from '../channel.ts';
import { TEST_MODE } from './ffmpeg-input.ts';
import type { Opencv } from './opencv-addon.ts';
import type { MatSource } from './opencv-reader.ts';

/** Blue, green, red, as OpenCV orders them. */
const BACKGROUND = [60, 50, 40] as const;
const BAR_COLOURS = [
  [255, 255, 255],
  [0, 255, 255],
  [255, 255, 0],
  [0, 255, 0],
  [255, 0, 255],
  [0, 0, 255],
  [255, 0, 0],
] as const;
const FONT_SIMPLEX = 0;
const FILLED = -1;

/**
 * The test picture drawn with OpenCV: bars, a moving block and a frame counter. Debian's OpenCV has
 * no synthetic input of its own, so this covers Mats and encoding; `VideoCapture` needs a device.
 */
export function openOpencvTestPicture(cv: Opencv, wanted: WantedMode | undefined): MatSource {
  const { width, height, fps } = wanted ?? TEST_MODE;
  const base = new cv.Mat(height, width, cv.CV_8UC3, BACKGROUND);
  const barWidth = Math.floor(width / BAR_COLOURS.length);
  BAR_COLOURS.forEach(([blue, green, red], bar) => {
    const from = new cv.Point2(bar * barWidth, 0);
    const to = new cv.Point2((bar + 1) * barWidth - 1, Math.floor(height / 2));
    base.drawRectangle(from, to, new cv.Vec3(blue, green, red), FILLED);
  });
  const white = new cv.Vec3(255, 255, 255);
  const side = Math.max(8, Math.floor(height / 8));
  const startedAt = performance.now();
  let frame = 0;

  return {
    mode: { width, height, fps, format: 'bgr24' },
    compressed: false,
    async next() {
      frame += 1;
      const dueInMs = startedAt + (frame * 1_000) / fps - performance.now();
      if (dueInMs > 0) await sleep(dueInMs);
      const mat = base.copy();
      const x = (frame * 8) % Math.max(1, width - side);
      const y = Math.floor(height * 0.75) - side;
      mat.drawRectangle(new cv.Point2(x, y), new cv.Point2(x + side, y + side), white, FILLED);
      const at = new cv.Point2(side, Math.floor(height * 0.9));
      mat.putText(`OpenCV ${frame}`, at, FONT_SIMPLEX, height / 360, white, 2);
      return mat;
    },
    close: () => base.release(),
  };
}
