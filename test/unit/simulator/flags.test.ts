import { describe, expect, it } from 'vitest';
import { parseFlags } from '../../../electron/simulator/flags.ts';
import { parentToSimulatorSchema } from '../../../electron/simulator/messages.ts';
import { applyFaults, NO_FAULTS } from '../../../electron/simulator/network/faults.ts';
import { NO_LINE_FAULTS } from '../../../electron/simulator/network/line-faults.ts';
import { USAGE } from '../../../electron/simulator/usage.ts';

describe('flags', () => {
  it('are those of a Tello by default', () => {
    expect(parseFlags([])).toEqual({
      kind: 'run',
      options: {
        host: '127.0.0.1',
        port: 8889,
        statePort: 8890,
        videoPort: 11111,
        seed: 1,
        batteryPercent: 87,
        model: 'tt',
        camera: { hasCode: false, isOnTour: false },
        video: {
          width: 960,
          height: 720,
          fps: 30,
          bitrateBps: 2_500_000,
          slices: 1,
          keyframeInterval: 30,
          orderCount: 2,
          vui: false,
          datagramBytes: 1460,
          exactMultiples: 0,
        },
        faults: NO_FAULTS,
      },
    });
  });

  it('set every fault', () => {
    const parsed = parseFlags(
      (
        '--loss 0.02 --reorder 0.1 --duplicate 1 --silence-after 3 --silence-for 1.5 --garbage-first ' +
        '--answer-delay 250 --lose-answers 0.5 --start-mid-gop --p-frames-only --no-video --resolution-change-after 4 ' +
        '--always-ok --streamon-error --video-unasked --one-ok-for-two 17000'
      ).split(' '),
    );
    expect(parsed.kind === 'run' && parsed.options.faults).toEqual({
      ...NO_FAULTS,
      video: { ...NO_LINE_FAULTS, loss: 0.02, reorder: 0.1, duplicate: 1 },
      answer: { ...NO_LINE_FAULTS, loss: 0.5 },
      silenceAfterS: 3,
      silenceForS: 1.5,
      garbageFirst: true,
      answerDelayMs: 250,
      alwaysOk: true,
      streamonError: true,
      videoUnasked: true,
      oneOkForTwoMs: 17_000,
      startMidGop: true,
      pFramesOnly: true,
      noVideo: true,
      resolutionChangeAfterS: 4,
    });
  });

  it('set every fault of every line by itself', () => {
    const parsed = parseFlags(
      (
        '--video-loss 2% --video-burst-loss 0.02 --video-burst-length 8 --video-outage-for 500 --video-outage-at 3000 ' +
        '--video-outage-every 10000 --video-outage-on idr --video-reorder 1% --video-duplicate 0.25 --video-pause 0.01 ' +
        '--video-pause-length 5-40 --state-loss 0.5 --state-outage-for 100 --command-loss 1 --answer-pause 1 ' +
        '--answer-pause-length 2500 --state-pause-length exp:30 --command-burst-loss 10%'
      ).split(' '),
    );
    const { video, state, command, answer } = (parsed.kind === 'run' && parsed.options.faults) || {
      ...NO_FAULTS,
    };
    expect(video).toEqual({
      loss: 0.02,
      burst: { loss: 0.02, length: 8 },
      outage: { atMs: 3_000, everyMs: 10_000, forMs: 500, on: 'idr' },
      reorder: 0.01,
      duplicate: 0.25,
      pause: 0.01,
      pauseLength: { kind: 'uniform', fromMs: 5, toMs: 40 },
    });
    expect(state).toEqual({
      ...NO_LINE_FAULTS,
      loss: 0.5,
      outage: { atMs: 0, everyMs: null, forMs: 100, on: 'anywhere' },
      pauseLength: { kind: 'exponential', meanMs: 30 },
    });
    expect(command).toEqual({ ...NO_LINE_FAULTS, loss: 1, burst: { loss: 0.1, length: 5 } });
    expect(answer).toEqual({
      ...NO_LINE_FAULTS,
      pause: 1,
      pauseLength: { kind: 'fixed', ms: 2_500 },
    });
  });

  it('set the streams of other senders', () => {
    const parsed = parseFlags(
      '--datagram-bytes 1024 --slices 4 --keyframe-interval never --exact-multiples 10% --order-count 0 --vui'.split(
        ' ',
      ),
    );
    expect(parsed.kind === 'run' && parsed.options.video).toMatchObject({
      datagramBytes: 1024,
      slices: 4,
      keyframeInterval: null,
      exactMultiples: 0.1,
      orderCount: 0,
      vui: true,
    });
    const often = parseFlags(['--keyframe-interval', '3']);
    expect(often.kind === 'run' && often.options.video.keyframeInterval).toBe(3);
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['position'], 'position'],
    [['--loss', '2'], '--loss'],
    [['--loss', ''], '--loss'],
    [['--port', '70000'], '--port'],
    [['--port', 'x'], '--port'],
    [['--host', 'example'], '--host'],
    [['--video-loss', '101%'], '--video-loss'],
    [['--state-outage-on', 'idr'], '--state-outage-on'],
    [['--video-outage-at', '5'], '--video-outage-for'],
    [['--video-burst-length', '5'], '--video-burst-loss'],
    [['--video-burst-loss', '0.9', '--video-burst-length', '2'], 'bursts this short'],
    [['--video-pause-length', '20000'], '--video-pause-length'],
    [['--video-pause-length', 'long'], 'exp:MEAN'],
    [['--model', 'mini'], '--model'],
    [['--keyframe-interval', '0'], '--keyframe-interval'],
    [['--order-count', '1'], '--order-count'],
    [['--datagram-bytes', '70000'], '--datagram-bytes'],
    [['--width', '961'], '--width'],
    [['--width', '1920', '--height', '1080', '--fps', '60'], 'level 4.0'],
  ])('refuse %j', (args, word) => {
    const parsed = parseFlags(args);
    expect(parsed.kind).toBe('wrong');
    expect(parsed.kind === 'wrong' && parsed.message).toContain(word);
  });

  it('explain themselves', () => {
    expect(parseFlags(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
    for (const flag of [
      '--LINE-loss',
      '--slices',
      '--no-video',
      '--resolution-change-after',
      '--battery',
    ]) {
      expect(USAGE).toContain(flag);
    }
  });
});

describe('faults', () => {
  it('change only where the patch names them', () => {
    const lossy = applyFaults(NO_FAULTS, { loss: 0.5 });
    expect(applyFaults(lossy, { noVideo: true })).toEqual({
      ...lossy,
      noVideo: true,
    });
    expect(lossy.video).toEqual({ ...NO_LINE_FAULTS, loss: 0.5 });
    expect(applyFaults(lossy, { loss: undefined, video: {} })).toEqual(lossy);
    expect(applyFaults(lossy, { state: { loss: 1 } }).video).toBe(lossy.video);
    expect(applyFaults(lossy, { video: { reorder: 0.25 } }).video).toEqual({
      ...NO_LINE_FAULTS,
      loss: 0.5,
      reorder: 0.25,
    });
  });

  it.each([
    { loss: 2 },
    { video: { loss: -1 } },
    { video: { los: 0 } },
    { los: 0 },
    { answerDelayMs: -1 },
    null,
  ])('refuses %j', (faults) => {
    expect(parentToSimulatorSchema.safeParse({ type: 'faults', faults }).success).toBe(false);
  });
});
