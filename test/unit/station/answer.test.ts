import { describe, expect, it } from 'vitest';
import { OWN_CALLER } from '../../../electron/base/caller.ts';
import { StationError } from '../../../electron/base/failures.ts';
import type { Handlers } from '../../../electron/base/handlers.ts';
import { answer } from '../../../electron/station/answer.ts';

const unexpected = () => {
  throw new Error('not part of this test');
};

function handlers(part: Partial<Handlers>): Handlers {
  return {
    'host.describe': unexpected,
    'status.get': unexpected,
    'source.connect': unexpected,
    'source.disconnect': unexpected,
    'cameras.list': unexpected,
    'capture.take': unexpected,
    'capture.list': unexpected,
    'capture.show': unexpected,
    'capture.series': unexpected,
    'capture.cancel': unexpected,
    'flightLog.state': unexpected,
    'flightLog.export': unexpected,
    'library.list': unexpected,
    'library.rename': unexpected,
    'library.trash': unexpected,
    'library.restore': unexpected,
    'library.show': unexpected,
    'record.start': unexpected,
    'record.stop': unexpected,
    'record.state': unexpected,
    'share.state': unexpected,
    'share.start': unexpected,
    'share.stop': unexpected,
    'share.newKey': unexpected,
    'share.disconnect': unexpected,
    'settings.get': unexpected,
    'settings.set': unexpected,
    'flight.state': unexpected,
    'flight.history': unexpected,
    'flight.takeControls': unexpected,
    'flight.releaseControls': unexpected,
    'flight.takeOff': unexpected,
    'flight.land': unexpected,
    'flight.stop': unexpected,
    'flight.stopMotors': unexpected,
    'flight.sticks': unexpected,
    'flight.move': unexpected,
    'flight.turn': unexpected,
    'flight.flip': unexpected,
    'flight.command': unexpected,
    ...part,
  };
}

async function ask(part: Partial<Handlers>, name: string, input: unknown) {
  const reports: unknown[] = [];
  const result = await answer(handlers(part), name, input, OWN_CALLER, (_what, error) =>
    reports.push(error),
  );
  return { result, reports };
}

describe('the answer to a request', () => {
  it('is what the handler gives, with defaults filled into its input', async () => {
    let got: unknown;
    const part: Partial<Handlers> = {
      'source.connect': (input) => {
        got = input;
        return { generation: 3 };
      },
    };
    const { result } = await ask(part, 'source.connect', { source: { kind: 'tello' } });
    expect(result).toEqual({ ok: true, value: { generation: 3 } });
    expect(got).toEqual({
      force: false,
      source: {
        kind: 'tello',
        host: '192.168.10.1',
        ports: { command: 8889, state: 8890, video: 11_111 },
      },
    });
  });

  it.each([
    ['no such request', 'source.explode', {}],
    ['a name of the prototype', '__proto__', {}],
    ['a method of every object', 'toString', {}],
    ['a name as long as a book', 'x'.repeat(1_000_000), {}],
    ['no input', 'source.connect', undefined],
    ['a string for an object', 'source.connect', 'simulator'],
    ['an unknown kind', 'source.connect', { source: { kind: 'kite' } }],
    [
      'a host that is a command',
      'source.connect',
      { source: { kind: 'tello', host: '$(reboot)' } },
    ],
    [
      'a port out of range',
      'source.connect',
      { source: { kind: 'tello', ports: { video: 70_000 } } },
    ],
    ['a key nobody knows', 'status.get', { verbose: true }],
    ['an unknown setting', 'settings.set', { nodeIntegration: true }],
    ['a setting out of range', 'settings.set', { rotateDegrees: 45 }],
  ])('is a plain error for %s', async (_what, name, input) => {
    const { result, reports } = await ask({}, name, input);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    expect(JSON.stringify(result).length).toBeLessThan(2_000);
    expect(reports).toEqual([]);
  });

  it('carries code, tip and retryAfterMs of a known failure', async () => {
    const part: Partial<Handlers> = {
      'capture.take': () => {
        throw new StationError('busy', 'One is being taken.', {
          retryAfterMs: 1_000,
          tip: 'Wait.',
        });
      },
    };
    const { result } = await ask(part, 'capture.take', {});
    expect(result).toEqual({
      ok: false,
      error: { code: 'busy', message: 'One is being taken.', tip: 'Wait.', retryAfterMs: 1_000 },
    });
  });

  it('says nothing of the inside when something unforeseen breaks, and reports it', async () => {
    const { result, reports } = await ask({}, 'status.get', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('not part of this test');
    expect(reports).toHaveLength(1);
  });
});
