import { trueView, type View } from '../../shared/view.ts';
import type { DecodedPicture } from './player.ts';

/** Draws pictures on the page's canvas, mirrored and rotated as the user likes to see them. */
export class PictureCanvas {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #view: View = trueView;

  constructor(canvas: OffscreenCanvas) {
    this.#canvas = canvas;
    // Opaque, and straight to the screen where the system allows it: both save a copy.
    const context = canvas.getContext('2d', { alpha: false, desynchronized: true });
    if (context === null) throw new Error('This browser gives no 2D canvas to a worker.');
    this.#context = context;
  }

  setView(view: View): void {
    this.#view = view;
  }

  draw(picture: DecodedPicture): void {
    const { width, height } = sizeOf(picture);
    const { mirror, rotateDegrees } = this.#view;
    const isUpright = rotateDegrees % 180 === 0;
    this.#resize(isUpright ? width : height, isUpright ? height : width);
    const context = this.#context;
    if (!mirror && rotateDegrees === 0) {
      context.drawImage(picture, 0, 0);
      return;
    }
    context.save();
    context.translate(this.#canvas.width / 2, this.#canvas.height / 2);
    context.rotate((rotateDegrees * Math.PI) / 180);
    if (mirror) context.scale(-1, 1);
    context.drawImage(picture, -width / 2, -height / 2);
    context.restore();
  }

  /** Black: the picture of a source that is gone must not pass for the next one's. */
  clear(): void {
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Setting a canvas' size clears it, so only when it changes. */
  #resize(width: number, height: number): void {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }
}

export function sizeOf(picture: DecodedPicture): { width: number; height: number } {
  return 'displayWidth' in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : { width: picture.width, height: picture.height };
}
