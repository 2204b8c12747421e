import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertNoLeaks } from '../../support/leaks.ts';

const bundles = process.env.HOVERDECK_BUNDLES ?? '';

describe('a child whose station goes', () => {
  assertNoLeaks();

  it.each([
    ['webcam-reader', 0],
    ['webcam-reader', 400],
    ['media', 0],
    ['media', 400],
    ['recorder', 0],
    ['recorder', 400],
    ['simulator', 0],
    ['simulator', 400],
  ])('%s, %d ms after its start, goes as well', async (entry, afterMs) => {
    const child = fork(join(bundles, `${entry}.js`), entry === 'simulator' ? ['--port', '0'] : [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
    });
    const exited = once(child, 'exit');
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.disconnect();
    await exited;
    expect(child.exitCode !== null || child.signalCode !== null).toBe(true);
  });
});
