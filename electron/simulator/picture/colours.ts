/** A colour, 0 to 255 a component. */
export type Rgb = { r: number; g: number; b: number };

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
