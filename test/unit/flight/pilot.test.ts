import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../electron/base/caller.ts';
import { Pilot } from '../../../electron/flight/pilot.ts';

function cockpit() {
  const time = { nowMs: 0 };
  const changes: string[] = [];
  const pilot = new Pilot({
    silentMs: 2_000,
    onChange: (_pilot, why) => changes.push(why),
    nowMs: () => time.nowMs,
  });
  return { pilot, time, changes };
}

function caller(id: string) {
  const gone = new AbortController();
  const self: Caller = { id, name: `Page ${id}`, gone: gone.signal };
  return { self, leave: () => gone.abort() };
}

describe('the pilot', () => {
  it('is one at a time: who acts while another flies is told by whom', () => {
    const { pilot } = cockpit();
    pilot.act(caller('a').self);
    expect(() => pilot.act(caller('b').self)).toThrow(/Page a has the controls/);
    expect(pilot.holder?.id).toBe('a');
  });

  it('is relieved on purpose at any time, or by acting once silent', () => {
    const { pilot, time, changes } = cockpit();
    pilot.act(caller('a').self);
    pilot.take(caller('b').self);
    expect(pilot.holder?.id).toBe('b');
    time.nowMs = 1_999;
    expect(() => pilot.act(caller('c').self)).toThrow();
    time.nowMs = 2_000;
    pilot.act(caller('c').self);
    expect(changes).toEqual([
      'Page a took the controls',
      'Page b took over from Page a',
      'Page c took over from Page b',
    ]);
  });

  it('counts only after letting go once, after every change of hands', () => {
    const { pilot } = cockpit();
    pilot.take(caller('a').self);
    expect(pilot.accepts([0, 50, 0, 0])).toBe(false);
    expect(pilot.accepts([0, 2, -3, 0])).toBe(true);
    expect(pilot.accepts([0, 50, 0, 0])).toBe(true);
    pilot.take(caller('b').self);
    expect(pilot.accepts([0, 50, 0, 0])).toBe(false);
    expect(pilot.offNeutralWithin(300)).toBe(true);
  });

  it('is nobody once it is gone, be it before it began', () => {
    const { pilot, changes } = cockpit();
    const page = caller('a');
    pilot.take(page.self);
    page.leave();
    expect(pilot.holder).toBeNull();
    pilot.take(page.self);
    expect(pilot.holder).toBeNull();
    expect(changes.at(-1)).toBe('Page a is gone');
  });

  it('of former times ends nothing when it goes', () => {
    const { pilot } = cockpit();
    const former = caller('a');
    pilot.take(former.self);
    pilot.take(caller('b').self);
    former.leave();
    expect(pilot.holder?.id).toBe('b');
  });
});
