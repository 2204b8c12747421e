import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { launchDesktop } from '../../../test/desktop-rig/launch-desktop.ts';
import { unpackArchive } from './checked.ts';

const PATIENCE_MS = 30_000;
const unpacked = unpackArchive();

// The bundles are the packed ones; Electron around them is the rig's double, and the files come from
// the archive by extraction, because plain Node cannot look into one.
test('the packed app shows the simulated drone, and its media process decodes a photo', async () => {
  const desktop = await launchDesktop({
    mainBundle: join(unpacked.app, 'out', 'electron', 'main.js'),
    args: ['--headless', '--port', '0', '--source', 'simulator'],
  });
  try {
    const url = await eventually(() => /listening on (\S+)/.exec(desktop.output())?.[1] ?? null);
    const photo = await eventually(async () => {
      const response = await fetch(new URL('/snapshot.jpg', url));
      return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
    });
    expect(photo.subarray(0, 2).toString('hex')).toBe('ffd8');
    const page = await fetch(url);
    expect(await page.text()).toContain('<div id="root">');
  } finally {
    await desktop.close();
  }
});

test('the webcam reader runs on a Node of its own, outside the archive', async () => {
  const folder = join(unpacked.folder, 'resources', 'app.asar.unpacked', 'out', 'electron');
  const child = fork(join(folder, 'webcam-reader.js'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  try {
    child.send({ type: 'open', reader: 'ffmpeg', device: 'test' });
    const picture = await firstMessage(child, 'picture');
    expect(picture).toMatchObject({ type: 'picture' });
  } finally {
    child.kill('SIGKILL');
  }
});

function firstMessage(child: ChildProcess, type: string): Promise<object> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.on('data', (text) => {
      words += String(text);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${words}`)));
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('type' in message)) return;
      if (message.type === type) resolve(message);
      if (message.type === 'failed') reject(new Error(JSON.stringify(message)));
    });
  });
}

async function eventually<T>(ask: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(100);
  }
  throw new Error('It never happened.');
}
