/**
 * Calls `tick` every `periodMs`, counted from one beginning so that no drift adds up. When the
 * process was late by a period or more, the missed ticks are left out, never made up for.
 * Returns a function that ends it; idempotent.
 */
export function startPacing(periodMs: number, tick: () => void): () => void {
  const beganAt = performance.now();
  let next = 0;
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const run = () => {
    tick();
    if (ended) return;
    const now = performance.now() - beganAt;
    next = Math.max(next + 1, Math.ceil(now / periodMs));
    timer = setTimeout(run, Math.max(0, next * periodMs - now));
  };
  timer = setTimeout(run, 0);

  return () => {
    ended = true;
    if (timer) clearTimeout(timer);
    timer = null;
  };
}
