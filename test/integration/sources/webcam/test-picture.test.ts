import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nowUs } from '../../../../electron/base/clock.ts';
import { openWebcam } from '../../../../electron/sources/webcam/open-webcam.ts';
import { findOpencvAddon } from '../../../../electron/sources/webcam/opencv-place.ts';
import { jpegHeader } from '../../../../electron/sources/webcam/reader/jpeg-header.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { Ear, never, rememberingStart, SHORT_LIMITS, TEST_PICTURE } from './reader-fixtures.ts';

const readers = ['ffmpeg', 'opencv'] as const;
// Built once by `npm run opencv:install`; the camera machine and CI have it.
const canRun = { ffmpeg: true, opencv: findOpencvAddon() !== null };

describe.each(readers)('the test picture through the %s reader', (kind) => {
  assertNoLeaks();

  test.skipIf(!canRun[kind])(
    'streams JPEGs of the wanted size and leaves nothing behind',
    async () => {
      const start = rememberingStart();
      const open = openWebcam({ startChild: start.startChild, readerPreference: () => kind });
      const ear = new Ear();
      const source = await open(TEST_PICTURE, ear, never());
      expect(source.name).toBe('Test picture');
      expect(source.reader?.()).toEqual({
        reader: kind,
        restarts: 0,
        damagedPictures: 0,
        lastReaderError: null,
      });
      await ear.hears(5);
      for (const frame of ear.frames) {
        expect(frame.format).toEqual({
          codec: 'jpeg',
          codecString: 'jpeg',
          width: 320,
          height: 240,
        });
        expect(jpegHeader(frame.data)).toMatchObject({ width: 320, height: 240 });
        expect(frame.keyframe).toBe(true);
      }
      // A live picture moves, and its time is that of this process.
      const [first, second] = ear.frames;
      expect(Buffer.from(first?.data ?? []).equals(second?.data ?? new Uint8Array())).toBe(false);
      const times = ear.frames.map((frame) => frame.capturedAtUs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(nowUs());

      await Promise.all([source.dispose(), source.dispose()]);
      expect(start.alive()).toBe(0);
      const heard = ear.frames.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(ear.frames.length).toBe(heard);
      expect(ear.losses).toEqual([]);
    },
  );

  test.skipIf(!canRun[kind])(
    '50 connects and disconnects in a row, one process at a time',
    async () => {
      const start = rememberingStart();
      const open = openWebcam({ startChild: start.startChild, readerPreference: () => kind });
      const rounds = kind === 'ffmpeg' ? 50 : 10;
      for (let round = 0; round < rounds; round++) {
        const ear = new Ear();
        const source = await open(TEST_PICTURE, ear, never());
        expect(start.alive()).toBe(1);
        await ear.hears(1);
        await source.dispose();
        expect(start.alive()).toBe(0);
      }
      expect(start.count()).toBe(rounds);
    },
    120_000,
  );
});

test('a reader whose station died ends at once, whatever it is doing', async () => {
  const child = fork(`${process.env.HOVERDECK_BUNDLES}/webcam-reader.js`, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exit = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  child.send({ type: 'open', reader: 'ffmpeg', device: 'test' });
  await new Promise((resolve) => child.once('message', resolve));
  child.disconnect();
  expect(await exit).toBe('SIGKILL');
});

describe('opening', () => {
  assertNoLeaks();

  test('ended while under way: the process goes, the caller hears “cancelled”', async () => {
    const start = rememberingStart();
    const open = openWebcam({ startChild: start.startChild, readerPreference: () => 'ffmpeg' });
    for (const afterMs of [0, 10, 50, 90, 130]) {
      const abort = new AbortController();
      const opening = open(TEST_PICTURE, new Ear(), abort.signal);
      setTimeout(() => abort.abort(), afterMs);
      const outcome = await opening.then(
        (source) => source.dispose(),
        (error: unknown) => error,
      );
      if (outcome !== undefined) expect(outcome).toMatchObject({ code: 'cancelled' });
      expect(start.alive()).toBe(0);
    }
    const aborted = AbortSignal.abort();
    await expect(open(TEST_PICTURE, new Ear(), aborted)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('a second opening ends the first and waits for it: never two processes', async () => {
    let most = 0;
    const start = rememberingStart();
    const open = openWebcam({
      startChild: (entry, options) => {
        const child = start.startChild(entry, options);
        most = Math.max(most, start.alive());
        return child;
      },
      readerPreference: () => 'ffmpeg',
    });
    const openings = Array.from({ length: 6 }, () => open(TEST_PICTURE, new Ear(), never()));
    const outcomes = await Promise.allSettled(openings);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      ...Array.from({ length: 5 }, () => 'rejected'),
      'fulfilled',
    ]);
    const ear = new Ear();
    const last = await open(TEST_PICTURE, ear, never());
    await ear.hears(1);
    expect(most).toBe(1);
    await last.dispose();
    expect(start.alive()).toBe(0);
  });

  test.each([
    ['a path without a camera', '/dev/video77', 'no-camera'],
    ['a name nobody has', 'Nonexistent C920', 'no-camera'],
    ['something that is not a camera', '/dev/null', 'no-camera'],
    ['a terminal, which is made by opening it', '/dev/ptmx', 'no-camera'],
    ['the kernel’s log', '/dev/kmsg', 'no-camera'],
    ['a folder', '/dev', 'no-camera'],
  ])('%s is said so, with a tip, and not tried again', async (_case, device, code) => {
    const start = rememberingStart();
    const open = openWebcam({ startChild: start.startChild, readerPreference: () => 'ffmpeg' });
    const error: unknown = await open({ kind: 'webcam', device }, new Ear(), never()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code, recoverable: false });
    expect(error).toHaveProperty('tip', expect.stringMatching(/\w/));
    expect(start.alive()).toBe(0);
  });

  test.runIf(process.platform === 'linux')(
    'a named pipe is no camera, and holds nobody up',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'hoverdeck-pipe-'));
      const pipe = join(folder, 'video0');
      execFileSync('mkfifo', [pipe]);
      const start = rememberingStart();
      const open = openWebcam({ startChild: start.startChild, readerPreference: () => 'ffmpeg' });
      await expect(
        open({ kind: 'webcam', device: pipe }, new Ear(), never()),
      ).rejects.toMatchObject({ code: 'no-camera' });
      expect(start.alive()).toBe(0);
      rmSync(folder, { recursive: true });
    },
  );

  test('OpenCV wished for and not installed: says how to install it', async () => {
    const start = rememberingStart();
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => 'opencv',
      findAddon: () => null,
    });
    await expect(open(TEST_PICTURE, new Ear(), never())).rejects.toMatchObject({
      code: 'reader-missing',
      tip: expect.stringContaining('opencv:install'),
    });
    expect(start.count()).toBe(0);
  });

  test('an OpenCV that does not load: “auto” goes on with FFmpeg and says so', async () => {
    const start = rememberingStart();
    const broken = { addonPath: '/nonexistent/opencv4nodejs.node', nodePath: undefined };
    let preference: 'auto' | 'opencv' = 'auto';
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => preference,
      findAddon: () => broken,
    });
    const ear = new Ear();
    const source = await open(TEST_PICTURE, ear, never());
    await ear.hears(1);
    expect(source.reader?.()).toMatchObject({
      reader: 'ffmpeg',
      lastReaderError: { code: 'reader-missing' },
    });
    await source.dispose();
    preference = 'opencv';
    await expect(open(TEST_PICTURE, new Ear(), never())).rejects.toMatchObject({
      code: 'reader-missing',
    });
  });

  test('a slow station gets the newest picture, and the rest is counted', async () => {
    const start = rememberingStart();
    const limits = { ...SHORT_LIMITS, pictureMs: 5_000 };
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => 'ffmpeg',
      limits,
    });
    const ear = new Ear();
    const source = await open(TEST_PICTURE, ear, never());
    await ear.hears(2);
    // The station's event loop stands still: the reader goes on reading and gives up the stale ones.
    const blockedUntil = performance.now() + 700;
    while (performance.now() < blockedUntil);
    await ear.hears(4);
    expect(ear.drops).toBeGreaterThan(5);
    await source.dispose();
  });
});
