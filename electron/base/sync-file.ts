import type { FileHandle } from 'node:fs/promises';

/** What file systems answer that cannot promise to keep something: network shares, FUSE, some memory cards. */
const CANNOT_SYNC: ReadonlySet<unknown> = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS']);

/**
 * Brings what was written to the disk, where the disk can promise that. One that cannot has the file all
 * the same: it is lost only if the power goes in the next seconds.
 */
export async function syncFile(file: FileHandle): Promise<void> {
  await file.datasync().catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!CANNOT_SYNC.has(code)) throw error;
  });
}
