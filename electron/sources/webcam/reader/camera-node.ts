import { realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { cameraPermission, noCamera, notACamera } from '../camera-failures.ts';

/** The major number of every video device of Linux; nothing else has it. */
const VIDEO4LINUX_MAJOR = 81;
/** By its device number, what the kernel calls a device: that major has radios and teletext as well. */
const SYSFS_BY_NUMBER = '/sys/dev/char';

/**
 * The node of a camera behind a path that may be a link, without opening it: many a device does
 * something when it is opened, and a named pipe would wait for its other end.
 * @throws StationError `no-camera`, also where there is something else, and `camera-permission`
 */
export async function cameraNode(path: string): Promise<string> {
  let node: string;
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    node = await realpath(path);
    found = await stat(node);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'EACCES' ? cameraPermission(path) : noCamera(path);
  }
  if (!found.isCharacterDevice()) throw notACamera(path);
  if (process.platform === 'linux') {
    const { major, minor } = deviceNumber(found.rdev);
    if (major !== VIDEO4LINUX_MAJOR || !(await isVideo(`${major}:${minor}`))) {
      throw notACamera(path);
    }
  }
  return node;
}

/** As `makedev(3)` puts them together. */
export function deviceNumber(rdev: number): { major: number; minor: number } {
  const number = BigInt(rdev);
  return {
    major: Number(((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn)),
    minor: Number((number & 0xffn) | ((number >> 12n) & ~0xffn & 0xffffffffn)),
  };
}

async function isVideo(number: string): Promise<boolean> {
  try {
    return basename(await realpath(`${SYSFS_BY_NUMBER}/${number}`)).startsWith('video');
  } catch {
    // A container without sysfs: the major has to do, and FFmpeg asks the driver itself.
    return true;
  }
}
