/** Held, so that nothing rises by accident. */
export const TAKE_OFF_HOLD_MS = 800;
export const STOP_MOTORS_HOLD_MS = 1_000;
