/**
 * Who asks: a page or a script, for as long as its connection lasts. Most requests are the same for all;
 * those that fly know whose hands are on the sticks.
 */
export type Caller = {
  /** Never used again by another one. */
  id: string;
  /** As a person is told: `This window`, `Browser page 2`, `Script 3`. */
  name: string;
  /** Fires when it is gone; null for those of whom nobody can tell (each HTTP request is by itself). */
  gone: AbortSignal | null;
};

/** Requests from inside main. */
export const OWN_CALLER: Caller = { id: 'hoverdeck', name: 'Hoverdeck itself', gone: null };
