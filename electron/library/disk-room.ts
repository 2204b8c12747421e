import { statfs } from 'node:fs/promises';
import { onDisk } from '../base/disk.ts';
import { StationError } from '../base/failures.ts';

/** The system knows this without asking the disk; a network share that needs longer is away. */
const ANSWERS_WITHIN_MS = 3_000;

/** Bytes a user without special rights may still write where `folder` is. */
export type FreeBytes = (folder: string) => Promise<number>;

export const freeBytes: FreeBytes = async (folder) => {
  const late = () => new StationError('write-failed', `The disk with ${folder} does not answer.`);
  const { bavail, bsize } = await onDisk(ANSWERS_WITHIN_MS, late, () => statfs(folder));
  return bavail * bsize;
};
