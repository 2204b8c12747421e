import { describe, expect, it } from 'vitest';
import { parseFlags, USAGE } from '../../../electron/simulator/flags.ts';
import { parentToSimulatorSchema } from '../../../electron/simulator/messages.ts';
import { applyFaults, NO_FAULTS } from '../../../electron/simulator/network/faults.ts';

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
        video: { width: 960, height: 720, fps: 30, bitrateBps: 2_500_000 },
        faults: NO_FAULTS,
      },
    });
  });

  it('set every fault', () => {
    const parsed = parseFlags(
      (
        '--loss 0.02 --reorder 0.1 --duplicate 1 --silence-after 3 --silence-for 1.5 --garbage-first ' +
        '--answer-delay 250 --lose-answers 0.5 --start-mid-gop --p-frames-only --no-video --resolution-change-after 4'
      ).split(' '),
    );
    expect(parsed.kind === 'run' && parsed.options.faults).toEqual({
      loss: 0.02,
      reorder: 0.1,
      duplicate: 1,
      silenceAfterS: 3,
      silenceForS: 1.5,
      garbageFirst: true,
      answerDelayMs: 250,
      loseAnswers: 0.5,
      startMidGop: true,
      pFramesOnly: true,
      noVideo: true,
      resolutionChangeAfterS: 4,
    });
  });

  it.each([
    [['--bogus'], '--bogus'],
    [['position'], 'position'],
    [['--loss', '2'], '--loss'],
    [['--loss', ''], '--loss'],
    [['--port', '70000'], '--port'],
    [['--port', 'x'], '--port'],
    [['--host', 'example'], '--host'],
    [['--width', '961'], '--width'],
    [['--width', '1920', '--height', '1080', '--fps', '60'], 'level 4.0'],
  ])('refuse %j', (args, word) => {
    const parsed = parseFlags(args);
    expect(parsed.kind).toBe('wrong');
    expect(parsed.kind === 'wrong' && parsed.message).toContain(word);
  });

  it('explain themselves', () => {
    expect(parseFlags(['--help', '--port', 'x'])).toEqual({ kind: 'help' });
    for (const flag of ['--loss', '--no-video', '--resolution-change-after', '--battery']) {
      expect(USAGE).toContain(flag);
    }
  });
});

describe('faults', () => {
  it('change only where the patch names them', () => {
    const lossy = applyFaults(NO_FAULTS, { loss: 0.5 });
    expect(applyFaults(lossy, { noVideo: true })).toEqual({
      ...NO_FAULTS,
      loss: 0.5,
      noVideo: true,
    });
    expect(applyFaults(lossy, { loss: undefined })).toEqual(lossy);
  });

  it.each([{ loss: 2 }, { los: 0 }, { answerDelayMs: -1 }, null])('refuses %j', (faults) => {
    expect(parentToSimulatorSchema.safeParse({ type: 'faults', faults }).success).toBe(false);
  });
});
