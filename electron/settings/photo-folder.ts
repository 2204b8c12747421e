import { mkdir, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { tryFolder } from '../base/atomic-file.ts';
import { onDisk } from '../base/disk.ts';
import { StationError } from '../base/failures.ts';

/** A disk that has not answered by then hangs: a network share that is away, as a rule. */
const DISK_ANSWERS_WITHIN_MS = 3_000;

/**
 * Whether photos can be kept in a folder, asked before it becomes a setting: absolute, a folder, and
 * writable. One that is not there is made if its parent is; a longer way that is missing is a disk that
 * is away, or a slip of the keyboard.
 * @throws StationError `bad-request`, `folder-missing`, `folder-read-only`, `write-failed`
 */
export async function checkPhotoFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder)) {
    throw new StationError(
      'bad-request',
      folder === '' ? 'The photo folder has no name.' : `“${folder}” is not a full path.`,
      { tip: 'Give the whole path of the folder, from the root of the disk.' },
    );
  }
  const late = () =>
    new StationError('write-failed', `The disk with ${folder} does not answer.`, {
      tip: 'Choose another folder, or see to the disk or the network share.',
    });
  await onDisk(DISK_ANSWERS_WITHIN_MS, late, () => check(folder));
}

async function check(folder: string): Promise<void> {
  try {
    const found = await stat(folder).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
      await mkdir(folder);
      return stat(folder);
    });
    if (!found.isDirectory()) {
      throw new StationError('folder-missing', `${folder} is a file, not a folder.`, {
        tip: 'Choose a folder.',
      });
    }
  } catch (error) {
    throw explain(error, folder);
  }
  try {
    await tryFolder(folder);
  } catch (error) {
    throw ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
      ? full(folder, error)
      : readOnly(folder, error);
  }
}

function full(folder: string, cause: unknown): StationError {
  return new StationError('disk-full', `The disk with ${folder} is full.`, {
    tip: 'Make room, or choose a folder on another disk.',
    cause,
  });
}

function readOnly(folder: string, cause: unknown): StationError {
  return new StationError('folder-read-only', `The folder ${folder} cannot be written to.`, {
    tip: 'Choose another folder, or change its permissions.',
    cause,
  });
}

function explain(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new StationError('folder-missing', `The folder ${folder} is not there.`, {
        tip: 'Choose a folder that exists, or plug its disk in.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return readOnly(folder, error);
    case 'ENAMETOOLONG':
    case 'EINVAL':
    // A path with a zero byte.
    case 'ERR_INVALID_ARG_VALUE':
      return new StationError('bad-request', 'No disk takes a folder of this name.', {
        tip: 'Choose a shorter path without special characters.',
        cause: error,
      });
    default:
      return error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
