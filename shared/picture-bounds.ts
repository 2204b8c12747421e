/**
 * Sizes come from outside (a parameter set, a JPEG's header) and memory follows them: nothing larger
 * than this is given to a decoder.
 */

/** A picture that stands alone: 8K, more than any camera offers as a live picture. */
export const MAX_PICTURE_PIXELS = 7_680 * 4_320;
/** A picture of a film, of which a decoder keeps up to 16: the most H.264 knows up to level 5.2. */
export const MAX_FILM_PICTURE_PIXELS = 4_096 * 2_304;
