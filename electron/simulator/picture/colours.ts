/** A colour, 0 to 255 a component. */
export type Rgb = { r: number; g: number; b: number };

export const HAZE: Rgb = { r: 196, g: 214, b: 224 };
/** Distance (1 = the nearest row) at which half of a colour is lost in haze. */
const HAZE_HALF_DISTANCE = 12;

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

/** What is left of a colour at a distance. */
export function hazed(colour: Rgb, distance: number): Rgb {
  return mixed(colour, HAZE, 1 - 2 ** (-distance / HAZE_HALF_DISTANCE));
}
