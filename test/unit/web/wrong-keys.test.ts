import { describe, expect, it } from 'vitest';
import { WrongKeys } from '../../../electron/web/wrong-keys.ts';

describe('wrong keys', () => {
  it('shut one address out for a minute, and no other', () => {
    let nowMs = 0;
    const wrong = new WrongKeys(() => nowMs);
    for (let i = 0; i < 9; i++) wrong.add('10.0.0.1');
    expect(wrong.isShutOut('10.0.0.1')).toBe(false);
    wrong.add('10.0.0.1');
    expect(wrong.isShutOut('10.0.0.1')).toBe(true);
    expect(wrong.isShutOut('10.0.0.2')).toBe(false);
    nowMs = 60_001;
    expect(wrong.isShutOut('10.0.0.1')).toBe(false);
  });

  it('of ever other addresses take no more room than they may', () => {
    const wrong = new WrongKeys(() => 0);
    for (let i = 0; i < 10; i++) wrong.add('first');
    for (let i = 0; i < 2_000; i++) wrong.add(`address ${i}`);
    expect(wrong.isShutOut('first')).toBe(false);
  });
});
