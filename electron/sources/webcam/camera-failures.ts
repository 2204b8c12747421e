import { StationError } from '../../base/failures.ts';
import type { ChildExit } from '../../processes/child.ts';
import { exitWords, startTip } from '../../processes/exit-words.ts';

/** Why a camera that was lost is not taken to be back. */
export type StillLost = 'gone' | 'other-serial' | 'other-place' | 'unclear';

/** Every way in which a camera fails, in the words a person reads. */

export function noCamera(device: string | undefined): StationError {
  if (device === undefined) {
    return new StationError('no-camera', 'No camera was found.', {
      tip: 'Plug one in; it appears here by itself.',
    });
  }
  return new StationError('no-camera', `There is no camera “${device}”.`, {
    tip: 'Choose one of the cameras in the list.',
  });
}

export function notACamera(device: string): StationError {
  return new StationError('no-camera', `“${device}” is not a camera.`, {
    tip: 'Choose one of the cameras in the list.',
  });
}

export function cameraPermission(device: string): StationError {
  return new StationError('camera-permission', `Hoverdeck may not use the camera “${device}”.`, {
    tip: permissionTip(process.platform),
  });
}

export function permissionTip(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Allow it in System Settings → Privacy & Security → Camera, then start Hoverdeck again.';
    case 'win32':
      return 'Switch on Settings → Privacy & security → Camera → Let desktop apps access your camera.';
    default:
      return 'Add yourself to the “video” group (sudo usermod -aG video $USER), then log in again.';
  }
}

export function cameraBusy(device: string): StationError {
  return new StationError('camera-busy', `The camera “${device}” is in use by another program.`, {
    tip: 'Close the program that shows its picture (a call, a browser tab), then connect again.',
  });
}

export function cameraMode(
  device: string,
  wanted: string,
  offered: readonly string[],
): StationError {
  return new StationError('camera-mode', `The camera “${device}” does not offer ${wanted}.`, {
    tip:
      offered.length === 0
        ? 'Choose another resolution or frame rate.'
        : `It offers ${offered.join(', ')}.`,
  });
}

export function cameraLost(name: string, why: StillLost = 'gone'): StationError {
  const [doubt, tip] = LOST_WORDS[why];
  return new StationError(
    'camera-lost',
    `The camera “${name}” was unplugged or switched off.${doubt}`,
    { tip, recoverable: true },
  );
}

/** Why another camera of the same name is not shown in its place, and what to do. */
const LOST_WORDS: Record<StillLost, [doubt: string, tip: string]> = {
  gone: ['', 'Plug it in again; the picture comes back by itself.'],
  'other-serial': [
    ' Another one of that name is here, with another serial number.',
    'Plug the same one in again, or connect to the other one from the list.',
  ],
  'other-place': [
    ' One of that name is at another port, and nothing says that it is the same.',
    'Plug it in where it was, or connect to the other one from the list.',
  ],
  unclear: [
    ' Several of that name are here, and nothing says which one it is.',
    'Choose one of them from the list.',
  ],
};

export function cameraHung(doing: 'open' | 'picture', afterMs: number): StationError {
  const seconds = Math.max(1, Math.round(afterMs / 1_000));
  const message =
    doing === 'open'
      ? `The camera did not open within ${seconds} s.`
      : `The camera sent no picture for ${seconds} s.`;
  return new StationError('camera-hung', message, {
    tip: 'If it stays so, unplug the camera and plug it in again.',
    recoverable: true,
  });
}

/** Pictures come, and none of them is whole. */
export function cameraDamaged(name: string): StationError {
  return new StationError('decode-failed', `The camera “${name}” sends damaged pictures only.`, {
    tip: 'Try another USB port or cable, without a hub, or a smaller size of picture.',
    recoverable: true,
  });
}

/** Its driver holds the process in the kernel, where not even SIGKILL reaches. */
export function cameraStuck(name: string): StationError {
  return new StationError('camera-hung', `The driver of the camera “${name}” does not let go.`, {
    tip: 'Unplug the camera and plug it in again; if that does not help, restart the computer.',
    recoverable: true,
  });
}

export function readerCrashed(what: string, cause?: unknown, tip?: string): StationError {
  return new StationError('reader-crashed', `The camera reader ${what}.`, {
    tip:
      tip ??
      'It is started again by itself. If it stays so, choose the other reader in the settings.',
    recoverable: true,
    cause,
  });
}

/** Its process is gone, or never was there. */
export function readerEnded(exit: ChildExit, lastWords: string): StationError {
  return readerCrashed(exitWords(exit), lastWords, startTip(exit));
}

export function readerMissing(detail?: string): StationError {
  const reason = detail === undefined ? 'is not installed' : `does not load: ${detail}`;
  return new StationError('reader-missing', `The OpenCV reader ${reason}.`, {
    tip: 'Install it with “npm run opencv:install”, or choose FFmpeg in the settings.',
  });
}
