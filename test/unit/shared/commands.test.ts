import { describe, expect, it } from 'vitest';
import { closeShortcut, isCommandName, shortcuts } from '../../../shared/commands.ts';

describe('commands', () => {
  it('have no key twice', () => {
    const keys = [...shortcuts, closeShortcut].map(({ key }) => key);
    expect(keys).toContain('C');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('have keys as `commandForKey` compares them: in upper case', () => {
    // Those of flying are heard elsewhere.
    for (const { key, isFlying } of shortcuts) {
      if (!isFlying) expect(key).toBe(key.toUpperCase());
    }
  });

  it('are known by name', () => {
    expect(isCommandName('capture')).toBe(true);
    expect(isCommandName('disconnect')).toBe(true);
    expect(isCommandName('takeoff')).toBe(false);
    expect(isCommandName('toString')).toBe(false);
  });
});
