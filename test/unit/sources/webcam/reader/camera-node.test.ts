import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cameraNode,
  deviceNumber,
} from '../../../../../electron/sources/webcam/reader/camera-node.ts';

const canMakeNodes = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(process.platform === 'linux')('any device is opened: not any more', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hoverdeck-node-'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'file'), 'no camera');
    symlinkSync('/dev/null', join(folder, 'link'));
    symlinkSync(join(folder, 'gone'), join(folder, 'broken'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['/dev/null', '/dev/ptmx', '/dev/tty', '/dev/urandom', '/dev/kmsg', '/dev'])(
    '%s is no camera',
    async (path) => {
      await expect(cameraNode(path)).rejects.toMatchObject({ code: 'no-camera' });
    },
  );

  test.each(['pipe', 'file', 'link', 'broken', 'nothing'])('a %s is no camera', async (name) => {
    await expect(cameraNode(join(folder, name))).rejects.toMatchObject({
      code: 'no-camera',
      message: expect.stringContaining(name),
    });
  });

  test('device numbers are read as the C library writes them', () => {
    const { major, minor } = deviceNumber(statSync('/dev/null').rdev);
    expect([major, minor]).toEqual([1, 3]);
    expect(deviceNumber(0x5100)).toEqual({ major: 81, minor: 0 });
    expect(deviceNumber(0x1_5105)).toMatchObject({ major: 337, minor: 5 });
    expect(deviceNumber(0x10_5105)).toEqual({ major: 81, minor: 261 });
  });

  test.runIf(canMakeNodes)('a video device is one, behind a link too', async () => {
    const node = join(folder, 'video');
    try {
      execFileSync('mknod', [node, 'c', '81', '251'], { stdio: 'ignore' });
    } catch {
      // A container may not make nodes even for root; the camera machine has real ones.
      return;
    }
    symlinkSync(node, join(folder, 'by-id'));
    expect(await cameraNode(join(folder, 'by-id'))).toBe(node);
  });
});
