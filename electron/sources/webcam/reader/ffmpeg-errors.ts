import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { FFmpegError } from 'node-av/lib';
import { StationError } from '../../../base/failures.ts';
import {
  cameraBusy,
  cameraLost,
  cameraMode,
  cameraPermission,
  noCamera,
  notACamera,
  readerCrashed,
} from '../camera-failures.ts';

const { errno } = constants;

/** What a failed `open` of a camera means. FFmpeg returns the driver's `errno`, negated. */
export function openFailure(device: string, code: number, wanted: string): StationError {
  switch (-code) {
    case errno.ENOENT:
    case errno.ENXIO:
      return noCamera(device);
    case errno.ENODEV:
      // A video device that gives no pictures (an output, a camera's own statistics) says the same.
      return existsSync(device) ? notACamera(device) : cameraLost(device);
    case errno.EACCES:
    case errno.EPERM:
      return cameraPermission(device);
    case errno.EBUSY:
      return cameraBusy(device);
    case errno.ENOTTY:
    case errno.EISDIR:
      return notACamera(device);
    case errno.EINVAL:
      return cameraMode(device, wanted, []);
    default:
      return readerCrashed(`could not open “${device}”: ${FFmpegError.strerror(code)}`);
  }
}

/** What a failed read means: the camera is gone, or its driver gave up. Opening anew can help either way. */
export function readFailure(name: string, code: number): StationError {
  switch (-code) {
    case errno.ENODEV:
    case errno.ENXIO:
      return cameraLost(name);
    default:
      return new StationError(
        'camera-lost',
        `The camera “${name}” stopped: ${FFmpegError.strerror(code)}.`,
        {
          tip: 'It is opened again by itself. If it stays so, unplug it and plug it in again.',
          recoverable: true,
        },
      );
  }
}
