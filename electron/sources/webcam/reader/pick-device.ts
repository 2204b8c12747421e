import type { StillLost } from '../camera-failures.ts';
import type { CameraMark } from '../channel.ts';
import { ids, type NamedDevice } from './name-cameras.ts';

/**
 * Which of the cameras is meant: by path, by id, or by name, where the first of that name will do.
 * Null where there is none, or an id fits two.
 */
export function pickDevice(
  cameras: readonly NamedDevice[],
  device: string | undefined,
): NamedDevice | null {
  if (device === undefined) return cameras[0] ?? null;
  const atPath = cameras.find((camera) => camera.device === device);
  if (atPath !== undefined) return atPath;
  const known = cameras.filter((camera) => ids(camera).includes(device));
  if (known.length > 0) return known.length === 1 ? (known[0] ?? null) : null;
  const called = (camera: NamedDevice) =>
    camera.name === device ||
    camera.label === device ||
    `${camera.name} (${camera.device})` === device;
  return cameras.find(called) ?? null;
}

/**
 * The camera that was lost, wherever it is now, or why it is not there. Its name alone proves
 * nothing: a twin of the same model would be a picture of the wrong room.
 */
export function findLost(
  cameras: readonly NamedDevice[],
  lost: CameraMark,
): NamedDevice | StillLost {
  const alike = cameras.filter((camera) => camera.name === lost.name);
  if (alike.length === 0) return 'gone';
  if (lost.unit !== undefined) {
    const same = alike.filter((camera) => camera.unit === lost.unit);
    if (same.length === 0) return 'other-serial';
    // Some makers give every camera the same serial number.
    return onlyOne(same) ?? onlyOne(same.filter(isAt(lost))) ?? 'unclear';
  }
  if (lost.place === undefined) {
    // A system that tells no more than its own name for the device.
    return alike.find((camera) => camera.device === lost.device) ?? 'unclear';
  }
  const same = alike.filter(isAt(lost));
  if (same.length === 0) return 'other-place';
  return onlyOne(same) ?? same.find((camera) => camera.device === lost.device) ?? 'unclear';
}

/** What to know a camera by when it is gone. A serial number that a twin has as well is no help. */
export function markOf(camera: NamedDevice, cameras: readonly NamedDevice[]): CameraMark {
  const { name, device, unit, place } = camera;
  const isOwn = cameras.filter((other) => other.unit === unit).length === 1;
  return {
    name,
    device,
    ...(unit !== undefined && isOwn ? { unit } : {}),
    ...(place === undefined ? {} : { place }),
  };
}

function isAt(lost: CameraMark): (camera: NamedDevice) => boolean {
  return (camera) => camera.place === lost.place;
}

function onlyOne(cameras: readonly NamedDevice[]): NamedDevice | undefined {
  return cameras.length === 1 ? cameras[0] : undefined;
}
