import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Child } from '../../../electron/processes/child.ts';
import { ChildLife } from '../../../electron/processes/child-life.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startFrom, unkillable } from '../../support/rogue-child.ts';

const ROGUES = fileURLToPath(new URL('rogue', import.meta.url));
const SHORT = { graceMs: 200, goneMs: 1_000 };

async function start(kind: string): Promise<Child> {
  const child = startFrom(ROGUES, kind)('media');
  await new Promise<void>((resolve) => child.onMessage(() => resolve()));
  return child;
}

describe('ending a child', () => {
  assertNoLeaks();

  test('asked: one that listens goes at once', async () => {
    const life = new ChildLife(await start('obeys'));
    expect(life.exit).toBeNull();
    expect(await life.end()).toBe('asked');
    expect(life.exit).toMatchObject({ code: 0 });
  });

  test('in words of its own, where it has them', async () => {
    const child = await start('deaf');
    const life = new ChildLife(child, SHORT);
    let asked = 0;
    expect(
      await life.end(() => {
        asked += 1;
      }),
    ).toBe('killed');
    expect(asked).toBe(1);
  });

  test('killed: one that does not listen goes after the grace', async () => {
    const life = new ChildLife(await start('deaf'), SHORT);
    expect(await Promise.all([life.end(), life.end()])).toEqual(['killed', 'killed']);
    expect(life.exit).toMatchObject({ signal: 'SIGKILL' });
  });

  test('killed at once, even in its grace', async () => {
    const life = new ChildLife(await start('deaf'), { graceMs: 1e6, goneMs: 1e6 });
    const ending = life.end();
    expect(await life.kill()).toBe('killed');
    expect(await ending).toBe('killed');
  });

  test('by itself: one that is gone needs no ending', async () => {
    const life = new ChildLife(startFrom(ROGUES, 'leaves-at-once')('media'));
    expect(await life.exited).toEqual({ code: 3, signal: null });
    expect(await life.end()).toBe('by-itself');
    expect(await life.kill()).toBe('by-itself');
  });

  test('left: one that outlives SIGKILL is given up on, and nobody waits for ever', async () => {
    const child = await start('deaf');
    for (const how of ['end', 'kill'] as const) {
      const life = new ChildLife(unkillable(child), { graceMs: 50, goneMs: 50 });
      expect(await life[how]()).toBe('left');
      expect(life.exit).toBeNull();
    }
    await new ChildLife(child).kill();
  });
});
