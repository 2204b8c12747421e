import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCameras } from '../../../../electron/sources/webcam/list-cameras.ts';
import { watchCameras } from '../../../../electron/sources/webcam/watch-cameras.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { rememberingStart, rogueStart, SHORT_LIMITS, until } from './reader-fixtures.ts';

describe('listCameras', () => {
  assertNoLeaks();

  test('answers on any machine, and its process is gone', async () => {
    const start = rememberingStart();
    const cameras = await listCameras({ startChild: start.startChild, withTestPicture: true });
    expect(cameras.at(-1)).toMatchObject({ device: 'test', synthetic: true });
    expect(cameras.slice(0, -1).every((camera) => !camera.synthetic)).toBe(true);
    expect(start.alive()).toBe(0);
  });

  test('callers at the same time share one process', async () => {
    const start = rememberingStart();
    const { startChild } = start;
    const lists = await Promise.all([1, 2, 3].map(() => listCameras({ startChild })));
    expect(start.count()).toBe(1);
    expect(lists[1]).toEqual(lists[0]);
    await listCameras({ startChild });
    expect(start.count()).toBe(2);
  });

  test.each([
    ['hang-in-open', 'camera-hung'],
    ['garbage-in-open', 'reader-crashed'],
    ['exit-in-open', 'reader-crashed'],
  ])('%s: an error within the bound, no process left', async (kind, code) => {
    const start = rememberingStart(rogueStart(kind));
    const { startChild } = start;
    await expect(listCameras({ startChild, limits: SHORT_LIMITS })).rejects.toMatchObject({ code });
    expect(start.alive()).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('watchCameras', () => {
  assertNoLeaks();
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hoverdeck-dev-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('says once that cameras came, and that one went', async () => {
    let changes = 0;
    const stop = watchCameras(
      () => {
        changes += 1;
      },
      { folder, settleMs: 100 },
    );
    writeFileSync(join(folder, 'video0'), '');
    writeFileSync(join(folder, 'video1'), '');
    await until(() => changes === 1);
    rmSync(join(folder, 'video1'));
    await until(() => changes === 2);
    stop();
    stop();
  });

  test('other devices, and a node that came and went in a moment, are no change', async () => {
    let changes = 0;
    const stop = watchCameras(
      () => {
        changes += 1;
      },
      { folder, settleMs: 50 },
    );
    writeFileSync(join(folder, 'tty7'), '');
    writeFileSync(join(folder, 'video0'), '');
    rmSync(join(folder, 'video0'));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(changes).toBe(0);
    stop();
    writeFileSync(join(folder, 'video3'), '');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(changes).toBe(0);
  });

  test('a folder that cannot be watched is looked at now and then', async () => {
    let changes = 0;
    const stop = watchCameras(
      () => {
        changes += 1;
      },
      { folder: join(folder, 'nonexistent'), pollMs: 20 },
    );
    await until(() => changes >= 2);
    stop();
  });
});
