/** A colour, 0 to 255 a component. */
export type Rgb = { r: number; g: number; b: number };
export type Yuv = { y: number; u: number; v: number };

export const HAZE: Rgb = { r: 196, g: 214, b: 224 };

export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return {
    r: from.r + (to.r - from.r) * share,
    g: from.g + (to.g - from.g) * share,
    b: from.b + (to.b - from.b) * share,
  };
}

export function lit(colour: Rgb, light: number): Rgb {
  return { r: colour.r * light, g: colour.g * light, b: colour.b * light };
}

/** BT.601, limited range: what a decoder assumes of a stream that does not say. */
export function toYuv({ r, g, b }: Rgb): Yuv {
  return {
    y: 16 + 0.257 * r + 0.504 * g + 0.098 * b,
    u: 128 - 0.148 * r - 0.291 * g + 0.439 * b,
    v: 128 + 0.439 * r - 0.368 * g - 0.071 * b,
  };
}
