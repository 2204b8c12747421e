import { describe, expect, test } from 'vitest';
import type { StartChild } from '../../../../electron/processes/child.ts';
import { openWebcam } from '../../../../electron/sources/webcam/open-webcam.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import {
  Ear,
  never,
  rememberingStart,
  rogueStart,
  SHORT_LIMITS,
  TEST_PICTURE,
  until,
} from './reader-fixtures.ts';

function opener(startChild: StartChild) {
  return openWebcam({ startChild, readerPreference: () => 'ffmpeg', limits: SHORT_LIMITS });
}

describe('a reader that breaks while its camera runs', () => {
  assertNoLeaks();

  test.each([
    ['SIGKILL', 'reader-crashed'],
    ['SIGSEGV', 'reader-crashed'],
    ['SIGSTOP', 'camera-hung'],
  ] as const)('%s: lost once, killed for certain, opened again', async (signal, code) => {
    const start = rememberingStart();
    const open = opener(start.startChild);
    const ear = new Ear();
    const source = await open(TEST_PICTURE, ear, never());
    await ear.hears(2);
    start.signal(signal);
    await until(() => ear.losses.length > 0);
    expect(ear.losses).toHaveLength(1);
    expect(ear.losses[0]).toMatchObject({ code, recoverable: true });
    expect(ear.losses[0]?.tip).toMatch(/\w/);
    await source.dispose();
    expect(start.alive()).toBe(0);

    const again = new Ear();
    const next = await open(TEST_PICTURE, again, never());
    await again.hears(2);
    expect(next.reader?.()).toMatchObject({ lastReaderError: { code } });
    await next.dispose();
    expect(ear.losses).toHaveLength(1);
  });

  test('stopped during disconnect: gone within the grace all the same', async () => {
    const start = rememberingStart();
    const ear = new Ear();
    const source = await opener(start.startChild)(TEST_PICTURE, ear, never());
    await ear.hears(1);
    start.signal('SIGSTOP');
    await source.dispose();
    expect(start.alive()).toBe(0);
    expect(ear.losses).toEqual([]);
  });

  test('while it is stopped the station answers at once', async () => {
    const start = rememberingStart();
    const ear = new Ear();
    const source = await opener(start.startChild)(TEST_PICTURE, ear, never());
    await ear.hears(1);
    start.signal('SIGSTOP');
    let turns = 0;
    while (ear.losses.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(source.reader?.()).toMatchObject({ reader: 'ffmpeg' });
      turns += 1;
    }
    // A blocked event loop would have had a handful of turns in that second.
    expect(turns).toBeGreaterThan(20);
    await source.dispose();
  });
});

describe('a reader that never was any good', () => {
  assertNoLeaks();

  test.each([
    ['hang-in-open', 'camera-hung'],
    ['never-open', 'camera-hung'],
    ['garbage-in-open', 'reader-crashed'],
    ['exit-in-open', 'reader-crashed'],
  ])('%s: refused within the bound, and no process is left', async (kind, code) => {
    const start = rememberingStart(rogueStart(kind));
    const open = opener(start.startChild);
    await expect(open(TEST_PICTURE, new Ear(), never())).rejects.toMatchObject({
      code,
      recoverable: true,
    });
    expect(start.alive()).toBe(0);
  });

  test.each([
    ['open-then-silent', 'camera-hung', 0],
    ['two-pictures-then-silent', 'camera-hung', 2],
    ['garbage', 'reader-crashed', 1],
    ['balloon', 'reader-crashed', 1],
    ['reports-a-balloon', 'reader-crashed', 0],
    ['lost-twice', 'camera-lost', 0],
  ])('%s: lost once, and no process is left', async (kind, code, pictures) => {
    const start = rememberingStart(rogueStart(kind));
    const ear = new Ear();
    const limits = { ...SHORT_LIMITS, memoryBytes: 300e6 };
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => 'ffmpeg',
      limits,
    });
    const source = await open(TEST_PICTURE, ear, never());
    await until(() => ear.losses.length > 0);
    await until(() => start.alive() === 0);
    await source.dispose();
    expect(ear.losses.map((loss) => loss.code)).toEqual([code]);
    expect(ear.frames.length).toBeGreaterThanOrEqual(pictures);
  });

  test('camera bytes passed on unrepaired: damaged pictures only are said to be that', async () => {
    const start = rememberingStart(rogueStart('damaged-only'));
    const ear = new Ear();
    const source = await opener(start.startChild)(TEST_PICTURE, ear, never());
    await until(() => ear.losses.length > 0);
    expect(ear.losses[0]).toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(/“Rogue” sends damaged pictures only/),
      recoverable: true,
    });
    await source.dispose();
    expect(ear.frames).toEqual([]);
    expect(start.alive()).toBe(0);
  });

  test('camera bytes passed on unrepaired: some damaged pictures are counted', async () => {
    const start = rememberingStart(rogueStart('every-third-damaged'));
    const ear = new Ear();
    const source = await opener(start.startChild)(TEST_PICTURE, ear, never());
    await until(() => ear.frames.length > 100);
    const damaged = source.reader?.()?.damagedPictures ?? 0;
    expect(damaged).toBeGreaterThan(10);
    expect(ear.drops).toBe(damaged);
    expect(ear.losses).toEqual([]);
    await source.dispose();
  });

  test('one that floods is taken as it comes, and ends when told to', async () => {
    const start = rememberingStart(rogueStart('flood'));
    const ear = new Ear();
    const source = await opener(start.startChild)(TEST_PICTURE, ear, never());
    await until(() => ear.frames.length >= 1_000);
    await source.dispose();
    expect(start.alive()).toBe(0);
  });

  test('a Node that does not exist is a crashed reader, not a crashed station', async () => {
    const start = rememberingStart();
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => 'opencv',
      findAddon: () => ({ addonPath: '/nonexistent.node', nodePath: '/nonexistent/node' }),
      limits: SHORT_LIMITS,
    });
    await expect(open(TEST_PICTURE, new Ear(), never())).rejects.toMatchObject({
      code: 'reader-crashed',
    });
  });
});
