import { isStationError, StationError } from '../base/failures.ts';

/** Turns what the file system says into what a person can act on. */
export function writeFailure(error: unknown, folder: string): StationError {
  if (isStationError(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StationError('disk-full', 'The disk is full; the photo was not kept.', {
        tip: `Make room, or choose another folder than ${folder} in the settings.`,
        cause: error,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new StationError('folder-missing', `The folder ${folder} is not there.`, {
        tip: 'Choose a folder in the settings, or plug its disk in again.',
        cause: error,
      });
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StationError('folder-read-only', `The folder ${folder} cannot be written to.`, {
        tip: 'Choose another folder in the settings, or change its permissions.',
        cause: error,
      });
    default:
      return new StationError('write-failed', `The photo could not be written to ${folder}.`, {
        tip: code ? `The system says ${code}.` : 'Try again.',
        cause: error,
      });
  }
}

/** The disk took the question and does not answer: a network share that is away, as a rule. */
export function diskHangs(folder: string): StationError {
  return new StationError('write-failed', `The disk with ${folder} does not answer.`, {
    tip: 'The photo was not kept. Choose another folder in the settings, or see to the disk.',
  });
}
