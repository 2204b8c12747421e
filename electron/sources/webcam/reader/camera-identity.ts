import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What tells one camera from another of the same model, as far as the system knows. */
export type CameraIdentity = {
  /** Serial number of the USB device, as the maker wrote it. */
  serial?: string;
  /** Where it is plugged in, short: a USB port like `1-2.3`, or the device it belongs to. */
  port?: string;
  /**
   * Whose picture it is, exactly: of a device with a serial, by vendor, model, serial and which of
   * the device's cameras; else by its whole place in the system.
   */
  unit?: string;
  place?: string;
};

const SYSFS_DEVICES = '/devices/';
/** A serial number is a part of the id, which a source takes up to 256 characters of. */
const MAX_SERIAL_CHARS = 100;

/**
 * Reads the identity of a video node from its folder in sysfs, e.g. `/sys/class/video4linux/video0`,
 * without opening the camera. Empty where the node is gone.
 */
export async function readIdentity(node: string): Promise<CameraIdentity> {
  // Several nodes of one device differ by their index.
  const index = (await text(node, 'index')) || '0';
  const folder = await real(join(node, 'device'));
  if (folder === null) {
    // A camera made of software belongs to no device; its node is all there is to know it by.
    const self = await real(node);
    return self === null ? {} : { place: `${shorten(self)} ${index}` };
  }
  const place = `${shorten(folder)} ${index}`;
  const usbInterface = await text(folder, 'bInterfaceNumber');
  if (usbInterface === '') return { port: basename(folder), place };
  const device = dirname(folder);
  const port = basename(device);
  const serial = printable(await text(device, 'serial'));
  if (serial === '') return { port, place };
  const model = `${await text(device, 'idVendor')}:${await text(device, 'idProduct')}`;
  return { serial, port, unit: `${model} ${serial} ${usbInterface} ${index}`, place };
}

/** The part of a path below `/sys/devices`. */
function shorten(path: string): string {
  const at = path.indexOf(SYSFS_DEVICES);
  return at === -1 ? path : path.slice(at + SYSFS_DEVICES.length);
}

/** Makers write anything into a serial number. */
function printable(serial: string): string {
  return serial
    .replaceAll(/[^ -~]/g, '')
    .trim()
    .slice(0, MAX_SERIAL_CHARS);
}

async function text(folder: string, attribute: string): Promise<string> {
  try {
    return (await readFile(join(folder, attribute), 'utf8')).trim();
  } catch {
    // Unplugged between listing and reading, or an attribute this kind of device does not have.
    return '';
  }
}

async function real(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch {
    // As above.
    return null;
  }
}
