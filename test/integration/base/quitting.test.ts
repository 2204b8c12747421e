import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIT_DEADLINE_MS } from '../../../electron/base/quitting.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoverdeck-quit-'));
  const input = fileURLToPath(new URL('quitter.ts', import.meta.url));
  const { output } = await build({ input, platform: 'node', logLevel: 'warn', write: false });
  await writeFile(join(folder, 'quitter.mjs'), output[0].code);
  execFileSync('mkfifo', [join(folder, 'fifo')]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How it ended; killed by the test (`null`) when it is not gone by the deadline and what Node itself takes. */
function quit(what: string): Promise<{ how: number | string | null; text: string }> {
  const args = [join(folder, 'quitter.mjs'), join(folder, 'fifo'), what];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.removeAllListeners('exit');
      child.kill('SIGKILL');
      resolve({ how: null, text });
    }, QUIT_DEADLINE_MS + 3_000);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ how: code ?? signal, text });
    });
  });
}

describe('a disk that hangs does not hang us: quitting', () => {
  it('ends well when nothing hangs', async () => {
    expect(await quit('nothing')).toEqual({ how: 0, text: '' });
  });

  it('ends in time when an undoing waits for the disk', async () => {
    const { how, text } = await quit('undo');
    expect(how).toBe('SIGKILL');
    expect(text).toContain('did not end cleanly');
  });

  it('ends in time when a file operation hangs that nobody waits for', async () => {
    expect((await quit('thread')).how).toBe('SIGKILL');
  });
});
