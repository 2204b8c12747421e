import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { after, before, describe, test as within } from 'node:test';
import { isStationError } from '../../electron/base/failures.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';
import type { ReaderKind } from '../../electron/sources/webcam/channel.ts';
import { listCameras } from '../../electron/sources/webcam/list-cameras.ts';
import { openWebcam } from '../../electron/sources/webcam/open-webcam.ts';
import { findOpencvAddon } from '../../electron/sources/webcam/opencv-place.ts';
import { openFfmpegReader } from '../../electron/sources/webcam/reader/ffmpeg-reader.ts';
import { jpegHeader } from '../../electron/sources/webcam/reader/jpeg-header.ts';
import { openOpencvReader } from '../../electron/sources/webcam/reader/opencv-reader.ts';
import { READER_LIMITS } from '../../electron/sources/webcam/reader-limits.ts';
import { watchCameras } from '../../electron/sources/webcam/watch-cameras.ts';
import type { OpenSource } from '../../electron/video/source.ts';
import type { WebcamSource } from '../../shared/source.ts';
import {
  Ear,
  never,
  rememberingStart,
  until,
} from '../integration/sources/webcam/reader-fixtures.ts';
import { isWholeForFfmpeg } from '../support/is-whole-for-ffmpeg.ts';
import {
  clipJpegs,
  FIRST,
  holders,
  inject,
  LOOPBACK,
  LoopbackWriter,
  NAMELESS,
  occupy,
  plugLoopback,
  plugVivid,
  SECOND,
  startAsNobody,
  TWIN,
  unplugLoopback,
  unplugVivid,
} from './guest-cameras.ts';

/** Software emulation is some ten times slower than a computer, and the bounds are the computer's. */
const LIMITS = { ...READER_LIMITS, openMs: 40_000, pictureMs: 5_000, listMs: 40_000 };
/** Of 60 pictures. A reader that touched them would differ in all. */
const TORN = 3;
const MODE = { width: 640, height: 480, fps: 25 };
const camera = (device: string, mode?: WebcamSource['mode']): WebcamSource => ({
  kind: 'webcam',
  device,
  ...(mode === undefined ? {} : { mode }),
});

let writer: LoopbackWriter | undefined;

before(async () => {
  plugVivid();
  plugLoopback();
  writer = new LoopbackWriter();
  await writer.plays();
});

after(async () => {
  await writer?.kill();
});

/** Of one test: enough for the 50 rounds, and an end to what hangs. */
const TEST_MS = 600_000;
const test = (name: string, run: () => Promise<void>) => within(name, { timeout: TEST_MS }, run);

describe('the list', () => {
  test('shows all three cameras by name, with what they offer', async () => {
    const cameras = await listCameras({ startChild: startNodeChild, limits: LIMITS });
    assert.deepEqual(
      cameras.map(({ device, name, synthetic }) => ({ device, name, synthetic })),
      [FIRST, SECOND, LOOPBACK].map((known) => ({ ...known, synthetic: false })),
    );
    const [first, , loopback] = cameras;
    assert.deepEqual(loopback?.modes, [{ width: 640, height: 480, fps: 30, format: 'mjpeg' }]);
    assert.ok(first?.modes.some((mode) => mode.width === 1280 && mode.format === 'yuyv422'));
    assert.ok(first?.modes.every((mode) => mode.format !== 'mjpeg' && mode.fps > 0));
  });

  test('is answered while a camera streams, without disturbing it', async () => {
    const ear = new Ear();
    const open = openWebcam({
      startChild: startNodeChild,
      readerPreference: () => 'ffmpeg',
      limits: LIMITS,
    });
    const source = await open(camera(FIRST.device, MODE), ear, never());
    await ear.hears(2);
    const cameras = await listCameras({ startChild: startNodeChild, limits: LIMITS });
    assert.equal(cameras.length, 3);
    assert.ok(cameras[0] && cameras[0].modes.length > 0);
    await ear.hears(2);
    assert.deepEqual(ear.losses, []);
    await source.dispose();
  });

  test('a person without the permission sees the cameras, and is told what to do', async () => {
    const options = { startChild: startAsNobody, limits: LIMITS };
    const cameras = await listCameras(options);
    assert.deepEqual(
      cameras.map(({ name, modes }) => ({ name, modes })),
      [FIRST, SECOND, LOOPBACK].map(({ name }) => ({ name, modes: [] })),
    );
    const open = openWebcam({ ...options, readerPreference: () => 'ffmpeg' });
    await assert.rejects(open(camera(FIRST.name), new Ear(), never()), {
      code: 'camera-permission',
      recoverable: false,
      tip: /video/,
    });
  });
});

const addon = findOpencvAddon();
const kinds: readonly ReaderKind[] = ['ffmpeg', 'opencv'];

for (const kind of kinds) {
  const skip = kind === 'opencv' && addon === null ? 'npm run opencv:install was not run' : false;

  describe(`the ${kind} reader`, { skip }, () => {
    const start = rememberingStart();
    const open = openWebcam({
      startChild: start.startChild,
      readerPreference: () => kind,
      limits: LIMITS,
    });
    const openFor = async (spec: WebcamSource) => {
      const ear = new Ear();
      const source = await open(spec, ear, never());
      return { ear, source };
    };
    const end = async (source: OpenSource) => {
      await source.dispose();
      assert.equal(start.alive(), 0);
    };

    test('streams a raw camera in the wanted mode, and a picture is a JPEG', async () => {
      const { ear, source } = await openFor(camera(FIRST.device, MODE));
      assert.equal(source.name, FIRST.name);
      assert.equal(source.reader?.()?.reader, kind);
      await ear.hears(5);
      for (const frame of ear.frames) {
        const { width, height } = jpegHeader(frame.data) ?? {};
        assert.deepEqual([width, height], [640, 480]);
      }
      assert.deepEqual(holders(FIRST.device).length, 1);
      await end(source);
      assert.deepEqual(holders(FIRST.device), []);
    });

    test('opens a camera by its name, and the first one when none is named', async () => {
      const { source } = await openFor(camera(SECOND.name, MODE));
      assert.equal(source.name, SECOND.name);
      assert.equal(holders(SECOND.device).length, 1);
      await end(source);
      const first = await openFor({ kind: 'webcam' });
      assert.equal(first.source.name, FIRST.name);
      await first.ear.hears(2);
      await end(first.source);
    });

    test('passes the camera’s own JPEG through byte for byte', async () => {
      const played = new Set(clipJpegs().map((jpeg) => jpeg.toString('latin1')));
      const { ear, source } = await openFor(camera(LOOPBACK.name));
      await ear.hears(60);
      await end(source);
      // The loopback driver hands out the very first buffer whole, with what lay in it before, and
      // overwrites buffers under a reader that was starved of its processor. Neither is the reader's.
      const frames = ear.frames.slice(1).map((frame) => Buffer.from(frame.data).toString('latin1'));
      const torn = frames.filter((frame) => !played.has(frame));
      assert.ok(torn.length <= TORN, `${torn.length} of ${frames.length} pictures differ`);
      assert.ok(new Set(frames).size > 20, 'the pictures differ');
    });

    test('camera bytes passed on unrepaired: only whole pictures, mended, and the rest counted', async () => {
      await writer?.kill();
      writer = new LoopbackWriter(LOOPBACK.device, 'broken.avi');
      await writer.plays();
      const { ear, source } = await openFor(camera(LOOPBACK.name));
      await ear.hears(40);
      const damaged = source.reader?.()?.damagedPictures ?? 0;
      await end(source);
      for (const frame of ear.frames) assert.ok(isWholeForFfmpeg(frame.data));
      // How many of them a starved reader meets depends on the machine; that they are counted does not.
      assert.ok(damaged >= 2, `${damaged} damaged pictures`);
      await writer.kill();
      writer = new LoopbackWriter();
      await writer.plays();
    });

    test('refuses a mode the camera does not have, and says what it has', async () => {
      for (const mode of [
        { width: 800, height: 600, fps: 25 },
        { width: 640, height: 480, fps: 60 },
      ]) {
        await assert.rejects(open(camera(FIRST.device, mode), new Ear(), never()), {
          code: 'camera-mode',
          recoverable: false,
        });
      }
      assert.equal(start.alive(), 0);
    });

    test('a camera in use by another program is said to be busy', async () => {
      const letGo = await occupy(FIRST.device);
      await assert.rejects(open(camera(FIRST.device, MODE), new Ear(), never()), {
        code: 'camera-busy',
        recoverable: false,
      });
      await letGo();
      const { ear, source } = await openFor(camera(FIRST.device, MODE));
      await ear.hears(1);
      await end(source);
    });

    for (const fault of ['inject_v4l2_buf_flag_error', 'inject_vidioc_qbuf_error']) {
      test(`${fault}: the pictures go on, or come back by one reopening`, async () => {
        const spec = camera(FIRST.device, MODE);
        const { ear, source } = await openFor(spec);
        await ear.hears(2);
        inject(fault);
        const before = ear.frames.length;
        await until(() => ear.frames.length > before + 5 || ear.losses.length > 0);
        await end(source);
        if (ear.losses.length === 0) return;
        assert.equal(ear.losses[0]?.recoverable, true);
        const again = await openFor(spec);
        await again.ear.hears(2);
        await end(again.source);
      });
    }

    for (const fault of ['inject_fatal_streaming_error', 'disconnect']) {
      test(`${fault}: lost once, and back by opening again`, async () => {
        const spec = camera(FIRST.device, MODE);
        const { ear, source } = await openFor(spec);
        await ear.hears(2);
        inject(fault);
        await until(() => ear.losses.length > 0);
        assert.equal(ear.losses.length, 1);
        assert.equal(ear.losses[0]?.recoverable, true);
        assert.match(String(ear.losses[0]?.code), /camera-lost|camera-hung/);
        await end(source);
        const again = await openFor(spec);
        await again.ear.hears(2);
        assert.notEqual(again.source.reader?.()?.lastReaderError, null);
        await end(again.source);
      });
    }

    test('unplugged, and back under another number: found again by its name', async () => {
      const spec = camera(FIRST.device, MODE);
      const { ear, source } = await openFor(spec);
      await ear.hears(2);
      inject('disconnect');
      await until(() => ear.losses.length > 0);
      await end(source);
      unplugVivid();
      await assert.rejects(open(spec, new Ear(), never()), {
        code: 'camera-lost',
        recoverable: true,
      });
      // The other camera takes the old number: it must not be opened in place of the lost one.
      plugVivid(5, 0);
      assert.ok(existsSync('/dev/video5'));
      const again = await openFor(spec);
      assert.equal(again.source.name, FIRST.name);
      assert.equal(holders('/dev/video5').length, 1);
      await again.ear.hears(2);
      await end(again.source);
      unplugVivid();
      plugVivid();
    });

    test('a read that never returns: hung, killed, and well again with the next writer', async () => {
      const spec = camera(LOOPBACK.name);
      const { ear, source } = await openFor(spec);
      await ear.hears(3);
      await writer?.kill();
      await until(() => ear.losses.length > 0);
      assert.match(String(ear.losses[0]?.code), /camera-hung|camera-lost/);
      assert.equal(ear.losses[0]?.recoverable, true);
      await end(source);
      assert.deepEqual(holders(LOOPBACK.device), []);
      writer = new LoopbackWriter();
      await writer.plays();
      const again = await openFor(spec);
      await again.ear.hears(3);
      await end(again.source);
    });

    test('told to disconnect while the read never returns: gone within the grace', async () => {
      const { ear, source } = await openFor(camera(LOOPBACK.name));
      await ear.hears(2);
      await writer?.kill();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await end(source);
      assert.deepEqual(ear.losses, []);
      writer = new LoopbackWriter();
      await writer.plays();
    });

    for (const [signal, code] of [
      ['SIGKILL', 'reader-crashed'],
      ['SIGSEGV', 'reader-crashed'],
      ['SIGSTOP', 'camera-hung'],
    ] as const) {
      test(`${signal} to the reader: the camera is free again, and opens`, async () => {
        const spec = camera(FIRST.device, MODE);
        const { ear, source } = await openFor(spec);
        await ear.hears(2);
        start.signal(signal);
        await until(() => ear.losses.length > 0);
        assert.equal(ear.losses[0]?.code, code);
        await end(source);
        assert.deepEqual(holders(FIRST.device), []);
        const again = await openFor(spec);
        await again.ear.hears(1);
        await end(again.source);
      });
    }

    test('a named pipe is no camera, and does not hold anybody up', async () => {
      const pipe = `/tmp/pipe-${kind}`;
      execFileSync('mkfifo', [pipe]);
      await assert.rejects(open(camera(pipe), new Ear(), never()), { code: 'no-camera' });
      assert.equal(start.alive(), 0);
    });

    const rounds = kind === 'ffmpeg' ? 50 : 15;
    test(`${rounds} connects and disconnects in a row, from camera to camera`, async () => {
      for (let round = 0; round < rounds; round++) {
        const spec = camera([FIRST, SECOND][round % 2]?.device ?? FIRST.device, MODE);
        const { ear, source } = await openFor(spec);
        await ear.hears(1);
        await end(source);
      }
      assert.deepEqual([...holders(FIRST.device), ...holders(SECOND.device)], []);
    });

    test('a second read at the same time is refused by our own guard', async () => {
      const target = { ...FIRST, mark: FIRST, index: 0, synthetic: false, modes: [], wanted: MODE };
      const reader =
        kind === 'ffmpeg'
          ? await openFfmpegReader(target)
          : await openOpencvReader(target, addon?.addonPath);
      const first = reader.read();
      await assert.rejects(reader.read(), /a second read/);
      (await first).release();
      const next = await reader.read();
      const jpeg = await next.encode();
      assert.deepEqual([jpeg?.width, jpeg?.height], [640, 480]);
      next.release();
      await reader.close();
      assert.deepEqual(holders(FIRST.device), []);
    });
  });
}

describe('identity by name', () => {
  test('twins and a camera without a name: rows told apart, ids that hold, no twin for a lost one', async () => {
    await writer?.kill();
    unplugLoopback();
    plugLoopback([LOOPBACK, TWIN, NAMELESS]);
    const writers = [LOOPBACK, TWIN, NAMELESS].map(({ device }) => new LoopbackWriter(device));
    for (const each of writers) await each.plays();
    const options = { startChild: startNodeChild, limits: LIMITS };
    const cameras = (await listCameras(options)).slice(2);
    assert.deepEqual(
      cameras.map(({ name }) => name),
      [NAMELESS.device, `${TWIN.name} (${TWIN.device})`, `${LOOPBACK.name} (${LOOPBACK.device})`],
    );
    const open = openWebcam({ ...options, readerPreference: () => 'ffmpeg' });
    for (const { id, name } of cameras) {
      const source = await open(camera(id), new Ear(), never());
      assert.equal(source.name, name);
      await source.dispose();
    }

    const ear = new Ear();
    const spec = camera(LOOPBACK.name);
    const source = await open(spec, ear, never());
    const lostDevice = source.name.includes(TWIN.device) ? TWIN : LOOPBACK;
    const twin = lostDevice === TWIN ? LOOPBACK : TWIN;
    await ear.hears(1);
    for (const each of writers) await each.kill();
    await until(() => ear.losses.length > 0);
    await source.dispose();
    unplugLoopback();
    plugLoopback([twin]);
    const left = new LoopbackWriter(twin.device);
    await left.plays();
    await assert.rejects(open(spec, new Ear(), never()), {
      code: 'camera-lost',
      recoverable: true,
      message: /nothing says that it is the same/,
    });
    assert.deepEqual(holders(twin.device).length, 1, 'nobody but its writer has the twin open');

    await left.kill();
    unplugLoopback();
    plugLoopback();
    writer = new LoopbackWriter();
    await writer.plays();
  });
});

describe('any device is opened: not any more', () => {
  test('a link to a camera is followed, and what is no camera is not opened', async () => {
    symlinkSync(FIRST.device, '/tmp/by-id');
    const options = { startChild: startNodeChild, limits: LIMITS };
    const open = openWebcam({ ...options, readerPreference: () => 'ffmpeg' });
    const source = await open(camera('/tmp/by-id', MODE), new Ear(), never());
    assert.equal(source.name, FIRST.name);
    await source.dispose();
    for (const path of ['/dev/null', '/dev/kmsg', '/dev/ptmx', '/dev/tty']) {
      await assert.rejects(open(camera(path), new Ear(), never()), { code: 'no-camera' });
    }
  });
});

describe('plugging in and out', () => {
  test('is noticed', async () => {
    let changes = 0;
    const stop = watchCameras(() => {
      changes += 1;
    });
    unplugVivid();
    await until(() => changes === 1);
    await assert.rejects(
      openWebcam({ startChild: startNodeChild, readerPreference: () => 'ffmpeg', limits: LIMITS })(
        camera(FIRST.device),
        new Ear(),
        never(),
      ),
      (error: unknown) => isStationError(error) && error.code === 'no-camera',
    );
    plugVivid();
    await until(() => changes === 2);
    stop();
  });
});
