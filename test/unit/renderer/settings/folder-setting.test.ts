import { describe, expect, it } from 'vitest';
import { folderSetting } from '../../../../renderer/settings/folder-setting.ts';

describe('photo folder', () => {
  it('takes full paths of any system, and empty for the usual place', () => {
    expect(folderSetting('  ')).toEqual({ ok: true, folder: null });
    for (const folder of ['/home/mira', 'D:\\Photos', 'D:/Photos', '\\\\nas\\photos']) {
      expect(folderSetting(folder)).toEqual({ ok: true, folder });
    }
    for (const text of ['photos', '~/photos', './x', 'D:photos']) {
      expect(folderSetting(text).ok).toBe(false);
    }
  });
});
