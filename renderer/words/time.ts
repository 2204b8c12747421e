const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export function timeOfDay(atMs: number): string {
  return clock.format(atMs);
}

/** Whole seconds up to two minutes, then whole minutes: `4 s`, `119 s`, `2 min`. */
export function spokenDuration(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
