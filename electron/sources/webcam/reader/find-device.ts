import { stat } from 'node:fs/promises';
import { cameraLost, noCamera, notACamera } from '../camera-failures.ts';
import type { OpenCommand } from '../channel.ts';
import { TEST_DEVICE, TEST_NAME } from '../test-camera.ts';
import { findDevices, listModes } from './ffmpeg-devices.ts';
import { pickDevice } from './pick-device.ts';
import type { ReaderTarget } from './reader.ts';

/** Finds what a person asked for: the test picture, a path, a name, or the first camera there is. */
export async function findTarget(command: OpenCommand): Promise<ReaderTarget> {
  const wanted = command.mode;
  if (command.device === TEST_DEVICE) {
    return { device: TEST_DEVICE, name: TEST_NAME, index: 0, synthetic: true, modes: [], wanted };
  }
  const devices = await findDevices();
  const found = pickDevice(devices, command.device, command.lostName);
  if (found === 'lost') throw cameraLost(command.lostName ?? command.device ?? '');
  if (found === null) {
    // A path that the list does not have may be a link to a camera (/dev/v4l/by-id/…), or no camera at all.
    if (command.device === undefined) throw noCamera(undefined);
    await mustBeDevice(command.device);
    const { device } = command;
    return {
      device,
      name: device,
      index: 0,
      synthetic: false,
      modes: await listModes(device),
      wanted,
    };
  }
  const index = devices.indexOf(found);
  return { ...found, index, synthetic: false, modes: await listModes(found.device), wanted };
}

/** Opening a named pipe would wait for its other end, and a file is no camera on any system. */
async function mustBeDevice(path: string): Promise<void> {
  let isDevice: boolean;
  try {
    isDevice = (await stat(path)).isCharacterDevice();
  } catch {
    throw noCamera(path);
  }
  if (!isDevice) throw notACamera(path);
}
