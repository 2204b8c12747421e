import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

type Lock = { release(): void } | { heldBy: number };
// Plain JavaScript that must run before anything is built, and so has no types.
const script: unknown = await import('../../../build/opencv/lock.mjs' as string);
const { takeLock } = script as { takeLock(path: string): Lock };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hoverdeck-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('takeLock', () => {
  test('one installation at a time, and the next after it', () => {
    const path = join(folder, 'new', 'lock');
    const first = takeLock(path);
    expect(takeLock(path)).toEqual({ heldBy: process.pid });
    if ('release' in first) first.release();
    expect(existsSync(path)).toBe(false);
    expect(takeLock(path)).toHaveProperty('release');
  });

  test.each([
    ['of a process that is gone', '2147483646'],
    ['that makes no sense', 'x'],
    ['that is empty', ''],
  ])('a lock %s is taken over', (_name, text) => {
    const path = join(folder, 'lock');
    writeFileSync(path, text);
    expect(takeLock(path)).toHaveProperty('release');
    expect(takeLock(path)).toEqual({ heldBy: process.pid });
  });
});
