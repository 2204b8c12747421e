/** How long to wait before the n-th try, of a source and of what a source heals by itself; the last one repeats. */
export const SOURCE_RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const;
/** After this long in health the next failure starts from the shortest delay again. */
export const SOURCE_HEALTHY_AFTER_MS = 60_000;
