import { StationError } from '../base/failures.ts';

/** What ended a recording, in words a person can act on. What was written until then is kept. */
export function recordingFailure(code: string, message: string, folder: string): StationError {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StationError('disk-full', 'The disk is full; the recording has ended.', {
        tip: `Make room, or choose another folder than ${folder} in the settings.`,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new StationError('folder-missing', `The film in ${folder} is not there any more.`, {
        tip: 'Somebody moved or deleted it, or its disk went away. Start a new recording.',
      });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StationError('folder-read-only', `The folder ${folder} cannot be written to.`, {
        tip: 'Choose another folder in the settings, or change its permissions.',
      });
    case 'disk-hangs':
      return new StationError('write-failed', `The disk with ${folder} does not answer.`, {
        tip: 'The recording has ended. Choose another folder in the settings, or see to the disk.',
      });
    case 'recorder-gone':
      return new StationError('write-failed', 'The program that records ended by itself.', {
        tip: 'What it had written is kept. Start a new recording.',
        cause: message,
      });
    default:
      return new StationError('write-failed', 'The recording could not be written.', {
        tip: code === '' ? message : `The system says ${code}.`,
        cause: message,
      });
  }
}
