import { isStationError, StationError } from '../base/failures.ts';

/** What was being kept, in words: `The recording`, `The flight log`. */
type What = string;

/** What the disk says about something that goes on being written, in words a person can act on. */
export function diskFailure(
  what: What,
  code: string,
  folder: string,
  cause?: unknown,
): StationError {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StationError('disk-full', `The disk is full. ${what} could not be written.`, {
        tip: `Make room, or choose another folder than ${folder} in the settings.`,
        cause,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new StationError('folder-missing', `${what} in ${folder} is not there any more.`, {
        tip: 'Somebody moved or deleted it, or its disk went away.',
        cause,
      });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StationError('folder-read-only', `The folder ${folder} cannot be written to.`, {
        tip: 'Choose another folder in the settings, or change its permissions.',
        cause,
      });
    case 'disk-hangs':
      return new StationError('write-failed', `The disk with ${folder} does not answer.`, {
        tip: `${what} could not be written. Choose another folder in the settings, or see to the disk.`,
        cause,
      });
    case 'recorder-gone':
      return new StationError('write-failed', 'The program that records ended by itself.', {
        tip: 'What it had written is kept.',
        cause,
      });
    default:
      return new StationError('write-failed', `${what} could not be written.`, {
        tip: code === '' ? `Choose another folder than ${folder}.` : `The system says ${code}.`,
        cause,
      });
  }
}

/** The same for what was thrown. */
export function diskFailureOf(what: What, error: unknown, folder: string): StationError {
  if (isStationError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return diskFailure(what, code, folder, error);
}

export function diskHangs(what: What, folder: string): StationError {
  return diskFailure(what, 'disk-hangs', folder);
}
