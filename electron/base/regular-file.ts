import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { onDisk } from './disk.ts';

export type ReadLimits = { maxBytes: number; deadlineMs: number };

/**
 * Reads a whole file that somebody else may have put there: a regular one, no longer than it may be,
 * within the deadline. A FIFO would never answer, a device may react to being opened, `/dev/zero` never
 * ends, and a dead network disk holds whoever asks it.
 * @throws Error as `open` does (`ENOENT`, `EACCES` …), or with a sentence
 */
export function readRegularFile(path: string, limits: ReadLimits): Promise<Buffer> {
  const late = () => new Error(`${path} could not be read within ${limits.deadlineMs / 1_000} s`);
  return onDisk(limits.deadlineMs, late, () => read(path, limits.maxBytes));
}

async function read(path: string, maxBytes: number): Promise<Buffer> {
  // Looked at before it is opened, and again after: the name may mean something else by then.
  if (!(await stat(path)).isFile()) throw notRegular(path);
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw notRegular(path);
    return await readUpTo(file, path, maxBytes);
  } finally {
    await file.close();
  }
}

/** Not by the size that `stat` says: files of `/proc` say 0, and others grow. */
async function readUpTo(file: FileHandle, path: string, maxBytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(maxBytes + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.subarray(0, length);
    length += bytesRead;
  }
  throw new Error(`${path} is longer than ${maxBytes} bytes`);
}

function notRegular(path: string): Error {
  return new Error(`${path} is not a regular file`);
}
