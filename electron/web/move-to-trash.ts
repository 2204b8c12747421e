import { lstat, rename, rm } from 'node:fs/promises';
import trash from 'trash';
import { z } from 'zod';

/** What the package tells on Linux, where the trash is a folder: the file in it, and what is said of it. */
const movedSchema = z.tuple([z.object({ path: z.string(), info: z.string() })]);

/** Moves a file to the system's trash. Resolves with the way back where the trash tells where it went. */
export async function moveToTrash(path: string): Promise<(() => Promise<void>) | null> {
  // It is silent about files that are not there; whoever asked wants to know.
  await lstat(path);
  const told: unknown = await trash([path], { glob: false });
  const [moved] = movedSchema.safeParse(told).data ?? [];
  if (moved === undefined) return null;
  return async () => {
    await mustBeFree(path);
    await rename(moved.path, path);
    await rm(moved.info, { force: true });
  };
}

async function mustBeFree(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  throw Object.assign(new Error(`${path} is taken by another file.`), { code: 'EEXIST' });
}
