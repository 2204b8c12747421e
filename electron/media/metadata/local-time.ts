/** The zone of this computer's clock at a time, in minutes east of UTC. */
export function zoneMinutesAt(atMs: number): number {
  return -new Date(atMs).getTimezoneOffset();
}

/** `+02:00` */
export function zoneWords(zoneMinutes: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const minutes = Math.abs(zoneMinutes);
  return `${zoneMinutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** `2026-11-21T14:03:22.481`, on the clock of that zone. */
export function localIso(atMs: number, zoneMinutes: number): string {
  return new Date(atMs + zoneMinutes * 60_000).toISOString().slice(0, 23);
}
