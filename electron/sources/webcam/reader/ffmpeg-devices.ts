import { access, constants, readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AV_LOG_ERROR, AV_LOG_INFO } from 'node-av/constants';
import { avGetPixFmtName, Device, type DeviceMode, Log } from 'node-av/lib';
import type { Camera, CameraMode } from '../../../../shared/cameras.ts';
import { readIdentity } from './camera-identity.ts';
import { type DeviceFormats, parseDeviceFormats } from './device-formats.ts';
import { openInput } from './ffmpeg-input.ts';
import { type FoundDevice, type NamedDevice, nameCameras } from './name-cameras.ts';

/** Where Linux names its cameras, without opening any of them. */
const SYSFS = '/sys/class/video4linux';
/** Log messages come through the event loop a little after the call that caused them. */
const LOG_SETTLE_MS = 60;
/** FFmpeg's name for a format it has no number for, as compressed ones. */
const NO_PIXEL_FORMAT = -1;

/** The cameras of this machine, in a stable order. */
export async function findDevices(): Promise<NamedDevice[]> {
  if (process.platform === 'linux') return nameCameras(await findLinuxDevices());
  const devices = await Device.list();
  return nameCameras(
    devices
      .filter((device) => device.type === 'video')
      .map((device) => ({ device: device.name, name: device.description })),
  );
}

/** All cameras with what they offer. A camera that may not be opened is listed too, without modes. */
export async function listCamerasHere(): Promise<Camera[]> {
  const cameras: Camera[] = [];
  for (const found of await findDevices()) {
    const { device, id, label } = found;
    cameras.push({ device, id, name: label, modes: await listModes(device), synthetic: false });
  }
  return cameras;
}

/** Sizes, each with its fastest rate, of every format that can be read; empty where the camera does not tell. */
export async function listModes(device: string): Promise<CameraMode[]> {
  let modes: DeviceMode[];
  try {
    modes = await Device.modes(device);
  } catch {
    // In use exclusively, or not to be opened: opening it says which, here it just has no modes.
    return [];
  }
  return mergeModes(modes, await deviceFormats(device));
}

function mergeModes(modes: readonly DeviceMode[], formats: DeviceFormats): CameraMode[] {
  const best = new Map<string, CameraMode>();
  for (const mode of modes) {
    const size = `${mode.width}x${mode.height}`;
    const format = formatName(mode, size, formats);
    if (format === null || mode.maxFrameRate <= 0) continue;
    const key = `${size} ${format}`;
    if ((best.get(key)?.fps ?? 0) >= mode.maxFrameRate) continue;
    best.set(key, { width: mode.width, height: mode.height, fps: mode.maxFrameRate, format });
  }
  return [...best.values()];
}

function formatName(mode: DeviceMode, size: string, formats: DeviceFormats): string | null {
  if (mode.pixelFormat !== NO_PIXEL_FORMAT) return avGetPixFmtName(mode.pixelFormat);
  for (const [format, sizes] of formats.compressed) {
    // Only MJPEG can be read picture by picture.
    if (format === 'mjpeg' && (sizes.size === 0 || sizes.has(size))) return format;
  }
  return null;
}

async function deviceFormats(device: string): Promise<DeviceFormats> {
  // DirectShow's modes without a pixel format are, in practice, MJPEG; elsewhere there are none.
  if (process.platform === 'win32') return { compressed: new Map([['mjpeg', new Set()]]) };
  if (process.platform !== 'linux') return { compressed: new Map() };
  const lines: string[] = [];
  const level = Log.getLevel();
  Log.setLevel(AV_LOG_INFO);
  Log.setCallback((_level, message) => lines.push(message));
  try {
    // Asked for its formats, FFmpeg prints them and ends with "exit requested" before it streams.
    const opened = await openInput({
      format: 'v4l2',
      url: device,
      options: { list_formats: 'all' },
    });
    if ('context' in opened) await opened.context.closeInput();
    await sleep(LOG_SETTLE_MS);
  } finally {
    Log.resetCallback();
    Log.setLevel(level);
  }
  return parseDeviceFormats(lines);
}

/** Keeps FFmpeg's chatter out of the last words: errors only. */
export function quietFfmpeg(): void {
  Log.setLevel(AV_LOG_ERROR);
}

async function findLinuxDevices(): Promise<FoundDevice[]> {
  const open = new Map<string, string>();
  for (const device of await Device.list()) {
    if (device.type === 'video') open.set(device.name, device.description);
  }
  const found: FoundDevice[] = [];
  for (const node of await videoNodes()) {
    const isCamera = open.has(node.path);
    // A person who lacks the permission must see the camera to learn that.
    const isForbidden = !isCamera && !(await mayOpen(node.path));
    if (!isCamera && !(isForbidden && (await sysfsText(node, 'index')) === '0')) continue;
    const name = (await sysfsText(node, 'name')) || (open.get(node.path) ?? '');
    found.push({ device: node.path, name, ...(await readIdentity(node.sysfs)) });
  }
  return found;
}

type VideoNode = { path: string; sysfs: string; number: number };

async function videoNodes(): Promise<VideoNode[]> {
  let names: string[];
  try {
    names = await readdir(SYSFS);
  } catch {
    // No camera driver was ever loaded: there is no such folder.
    return [];
  }
  return names
    .filter((name) => /^video\d+$/.test(name))
    .map((name) => ({
      path: `/dev/${name}`,
      sysfs: `${SYSFS}/${name}`,
      number: Number(name.slice('video'.length)),
    }))
    .toSorted((a, b) => a.number - b.number);
}

async function sysfsText(node: VideoNode, attribute: string): Promise<string> {
  try {
    return (await readFile(`${node.sysfs}/${attribute}`, 'utf8')).trim();
  } catch {
    // Unplugged between listing and reading.
    return '';
  }
}

async function mayOpen(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
