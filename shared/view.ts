/** By how many degrees a picture may be turned, clockwise. */
export const rotations = [0, 90, 180, 270] as const;

/** How a picture is turned for the eye: mirrored first, then rotated clockwise. */
export type View = { mirror: boolean; rotateDegrees: (typeof rotations)[number] };

/** The picture as the camera saw it. */
export const trueView: View = { mirror: false, rotateDegrees: 0 };
