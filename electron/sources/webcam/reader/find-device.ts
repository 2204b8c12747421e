import { isAbsolute } from 'node:path';
import { cameraLost, noCamera } from '../camera-failures.ts';
import type { OpenCommand } from '../channel.ts';
import { TEST_DEVICE, TEST_NAME } from '../test-camera.ts';
import { cameraNode } from './camera-node.ts';
import { findDevices, listModes } from './ffmpeg-devices.ts';
import { type NamedDevice, nameCameras } from './name-cameras.ts';
import { findLost, markOf, pickDevice } from './pick-device.ts';
import type { ReaderTarget } from './reader.ts';

/** Finds what a person asked for: the test picture, a path, an id, a name, or the first camera there is. */
export async function findTarget(command: OpenCommand): Promise<ReaderTarget> {
  const wanted = command.mode;
  if (command.device === TEST_DEVICE) {
    return {
      ...{ device: TEST_DEVICE, name: TEST_NAME, index: 0, synthetic: true, modes: [], wanted },
      mark: { device: TEST_DEVICE, name: TEST_NAME },
    };
  }
  const cameras = await findDevices();
  const { index, camera } = await find(cameras, command);
  return {
    device: camera.device,
    name: camera.label,
    mark: markOf(camera, cameras),
    index,
    synthetic: false,
    modes: await listModes(camera.device),
    wanted,
  };
}

async function find(
  cameras: readonly NamedDevice[],
  { device, lost }: OpenCommand,
): Promise<{ index: number; camera: NamedDevice }> {
  if (lost !== undefined) {
    const found = findLost(cameras, lost);
    if (typeof found === 'string') throw cameraLost(lost.name || lost.device, found);
    return { index: cameras.indexOf(found), camera: found };
  }
  const known = pickDevice(cameras, device);
  if (known !== null) return { index: cameras.indexOf(known), camera: known };
  if (device === undefined) throw noCamera(undefined);
  if (!isAbsolute(device)) throw noCamera(device);
  // What the list does not have may be a link to a camera (/dev/v4l/by-id/…), or no camera at all.
  const path = await cameraNode(device);
  const linked = cameras.find((camera) => camera.device === path);
  if (linked !== undefined) return { index: cameras.indexOf(linked), camera: linked };
  const [unlisted] = nameCameras([{ device: path, name: '' }]);
  if (unlisted === undefined) throw noCamera(device);
  return { index: 0, camera: unlisted };
}
