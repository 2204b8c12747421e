import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../electron/settings/read-settings.ts';
import { defaultSettings } from '../../../shared/settings.ts';

describe('a settings file', () => {
  it('with one value that makes no sense keeps all the others', () => {
    const text = JSON.stringify({ reader: 'gstreamer', theme: 'dark', mirror: true });
    expect(readSettings(text)).toEqual({
      settings: { ...defaultSettings, theme: 'dark', mirror: true },
      isDamaged: false,
      refused: ['reader'],
      unknown: {},
    });
  });

  it('of another version keeps what this one does not know', () => {
    const text = JSON.stringify({ theme: 'light', hologram: { depth: 3 } });
    expect(readSettings(text)).toMatchObject({
      settings: { theme: 'light' },
      refused: [],
      unknown: { hologram: { depth: 3 } },
    });
  });

  it('names every key that makes no sense', () => {
    const text = JSON.stringify({ theme: 7, lastSource: { kind: 'kite' }, photoFormat: 'png' });
    expect(readSettings(text)).toMatchObject({
      settings: { photoFormat: 'png', theme: 'system', lastSource: null },
      refused: ['theme', 'lastSource'],
    });
  });

  it('cannot change what every object has', () => {
    const read = readSettings('{"__proto__":{"theme":"dark"},"toString":1}');
    expect(read?.settings).toEqual(defaultSettings);
    expect(read?.refused).toEqual([]);
  });

  it.each([
    ['with a comma too many', '{"theme":"dark","mirror":true,}'],
    ['with a remark', '{"theme":"dark", // at night\n"mirror":true}'],
    ['cut off in the middle', '{"theme":"dark","mirror":true,"photoFo'],
    ['with a comma too few', '{"theme":"dark" "mirror":true}'],
  ])('%s is damaged, and what is whole in it counts', (_, text) => {
    expect(readSettings(text)).toMatchObject({
      settings: { ...defaultSettings, theme: 'dark', mirror: true },
      isDamaged: true,
    });
  });

  it('that an editor began with a byte order mark is whole', () => {
    expect(readSettings('\uFEFF{"theme":"dark"}')).toMatchObject({
      settings: { theme: 'dark' },
      isDamaged: false,
    });
  });

  it('deeper than any stack is none', () => {
    expect(readSettings(`{"theme":${'['.repeat(200_000)}`)).toBeNull();
  });

  it.each(['', '{', 'null', '[]', '"dark"', '7'])('that is %j is none', (text) => {
    expect(readSettings(text)).toBeNull();
  });
});
