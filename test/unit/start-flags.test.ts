import { describe, expect, it } from 'vitest';
import { DEFAULT_PORT, parseFlags } from '../../electron/start-flags.ts';
import { sourceSpecSchema } from '../../shared/source.ts';

const flags = (...args: string[]) => {
  const parsed = parseFlags(args);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.flags;
};

describe('flags', () => {
  it('are all off by default: nothing is opened before Connect', () => {
    expect(flags()).toEqual({
      headless: false,
      source: null,
      port: null,
      reader: null,
      help: false,
      version: false,
    });
  });

  it('give headless its usual port', () => {
    expect(flags('--headless').port).toBe(DEFAULT_PORT);
    expect(flags('--headless', '--port', '0').port).toBe(0);
    expect(flags('--port', '9000')).toMatchObject({ headless: false, port: 9_000 });
  });

  it('wrong words: a camera name that is too long is said to be that', () => {
    const long = parseFlags(['--source', `webcam:${'x'.repeat(300)}`]);
    expect(long).toMatchObject({
      ok: false,
      message: expect.stringMatching(/up to 256.* has 300/),
    });
    expect(long.ok ? '' : long.message.length).toBeLessThan(200);
    expect(parseFlags(['--source', `webcam:${'x'.repeat(256)}`])).toMatchObject({ ok: true });
    expect(parseFlags(['--source', 'kite'.repeat(100)])).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^.{0,120}$/),
    });
    expect(
      sourceSpecSchema.safeParse({ kind: 'webcam', device: 'x'.repeat(300) }).error?.issues,
    ).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/camera has 256 characters/) }),
    ]);
  });

  it('name every source', () => {
    expect(flags('--source', 'simulator').source).toEqual({ kind: 'simulator' });
    expect(flags('--source', 'webcam').source).toEqual({ kind: 'webcam' });
    expect(flags('--source', 'webcam:/dev/video0').source).toEqual({
      kind: 'webcam',
      device: '/dev/video0',
    });
    expect(flags('--source', 'webcam:C920: front').source).toEqual({
      kind: 'webcam',
      device: 'C920: front',
    });
    expect(
      flags('--source', 'tello', '--tello-host', '127.0.0.1', '--tello-ports', '1,2,3').source,
    ).toEqual({
      kind: 'tello',
      host: '127.0.0.1',
      ports: { command: 1, state: 2, video: 3 },
    });
  });

  it.each([
    ['--fly'],
    ['extra'],
    ['--source'],
    ['--source', 'kite'],
    ['--source', 'webcam:'],
    ['--port', 'x'],
    ['--port', ''],
    ['--port', '-1'],
    ['--port', '65536'],
    ['--port', '1.5'],
    ['--reader', 'magic'],
    ['--tello-host', 'a b'],
    ['--tello-ports', '1,2'],
    ['--tello-ports', '1,2,3,4'],
    ['--tello-ports', '1,2,x'],
    ['--tello-ports', '0,2,3'],
  ])('refuse %s %s', (...args) => {
    expect(parseFlags(args)).toMatchObject({ ok: false, message: expect.stringMatching(/\S/) });
  });
});
