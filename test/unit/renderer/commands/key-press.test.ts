import { describe, expect, it } from 'vitest';
import { commandForKey } from '../../../../renderer/commands/key-press.ts';

describe('key presses', () => {
  const press = {
    key: 'c',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    defaultPrevented: false,
  };

  it('are known in either case', () => {
    expect(commandForKey(press)).toBe('capture');
    expect(commandForKey({ ...press, key: 'K' })).toBe('toggle-connection');
    expect(commandForKey({ ...press, key: '?' })).toBe('shortcuts');
    expect(commandForKey({ ...press, key: 'x' })).toBeNull();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'repeat', 'defaultPrevented'] as const)(
    'are left alone with %s',
    (property) => expect(commandForKey({ ...press, [property]: true })).toBeNull(),
  );
});
