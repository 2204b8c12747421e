/** A camera as the system lists it. */
export type FoundDevice = { device: string; name: string };

/**
 * Which of the cameras is meant. After a loss only the lost one will do, under its old path if it is
 * there again and else wherever its name is now: another camera that took the path would be a
 * picture of the wrong room.
 */
export function pickDevice(
  devices: readonly FoundDevice[],
  device: string | undefined,
  lostName: string | undefined,
): FoundDevice | 'lost' | null {
  if (lostName !== undefined) {
    const same = devices.filter((candidate) => candidate.name === lostName);
    return same.find((candidate) => candidate.device === device) ?? same[0] ?? 'lost';
  }
  if (device === undefined) return devices[0] ?? null;
  return (
    devices.find((candidate) => candidate.device === device) ??
    devices.find((candidate) => candidate.name === device) ??
    devices.find((candidate) => `${candidate.name} (${candidate.device})` === device) ??
    null
  );
}
