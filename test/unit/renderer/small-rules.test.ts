import { describe, expect, it } from 'vitest';
import { fileSize } from '../../../renderer/captures/capture-facts.ts';
import { folderSetting } from '../../../renderer/settings/folder-setting.ts';
import { dismissToast, showToast, useToasts } from '../../../renderer/ui/toast-store.ts';

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

describe('toasts', () => {
  it('keeps three, replaces by key, and forgets what was dismissed', () => {
    for (const key of ['a', 'b', 'c', 'd', 'd']) showToast({ key, tone: 'neutral', title: key });
    const shown = () => useToasts.getState().toasts;
    expect(shown().map((toast) => toast.key)).toEqual(['b', 'c', 'd']);
    for (const toast of shown()) dismissToast(toast.id);
    expect(shown()).toEqual([]);
  });
});

describe('file sizes', () => {
  it('are told as file managers do', () => {
    expect([940, 86_123, 1_240_000].map(fileSize)).toEqual(['940 B', '86 kB', '1.2 MB']);
  });
});
