import { describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/base/log.ts';

describe('the log', () => {
  it('goes on when it cannot be written, and says how often that was', () => {
    const log = createLog(() => {
      throw new Error('the disk is full');
    });
    log.info('first');
    log.info('second');
    expect(log.lines()).toEqual([
      '(2 lines could not be written)',
      expect.stringMatching(/ info first$/),
      expect.stringMatching(/ info second$/),
    ]);
  });

  it('counts the lines it has forgotten', () => {
    const log = createLog(() => undefined);
    for (let i = 0; i < 1_005; i++) log.info(`line ${i}`);
    expect(log.lines()).toHaveLength(1_001);
    expect(log.lines()[0]).toBe('(5 older lines are gone)');
    expect(log.lines()[1]).toMatch(/line 5$/);
  });

  it('tells of causes, and of each of several failures', () => {
    const log = createLog(() => undefined);
    log.error('This failed', new Error('outer', { cause: new Error('the reason') }));
    log.error('These failed', new AggregateError([new Error('one'), new Error('two')], 'both'));
    const [first, second] = log.lines();
    expect(first).toMatch(/This failed: Error: outer[\s\S]*the reason/);
    expect(second).toMatch(/both[\s\S]*one[\s\S]*two/);
  });

  it.each([
    ['a thing without a name', Object.create(null)],
    ['a thing that cannot be looked at', new Proxy({}, { ownKeys: () => ['a', 'a'] })],
    ['undefined', undefined],
  ])('takes %s for an error', (_what, error) => {
    const log = createLog(() => undefined);
    log.error('Odd', error);
    expect(log.lines()[0]).toContain('Odd: ');
  });
});
