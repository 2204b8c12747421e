import { describe, expect, it } from 'vitest';
import { closeShortcut, isCommandName, shortcuts } from '../../../shared/commands.ts';

describe('commands', () => {
  it('have no key twice', () => {
    const keys = [...shortcuts, closeShortcut].map(({ key }) => key);
    expect(keys).toContain('C');
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('have keys as `commandForKey` compares them: in upper case', () => {
    for (const { key } of shortcuts) expect(key).toBe(key.toUpperCase());
  });

  it('are known by name', () => {
    expect(isCommandName('capture')).toBe(true);
    expect(isCommandName('disconnect')).toBe(true);
    expect(isCommandName('takeoff')).toBe(false);
    expect(isCommandName('toString')).toBe(false);
  });
});
