import { describe, expect, it } from 'vitest';
import { dismissToast, showToast, useToasts } from '../../../../renderer/ui/toast-store.ts';

describe('toasts', () => {
  it('keeps three, replaces by key, and forgets what was dismissed', () => {
    for (const key of ['a', 'b', 'c', 'd', 'd']) showToast({ key, tone: 'neutral', title: key });
    const shown = () => useToasts.getState().toasts;
    expect(shown().map((toast) => toast.key)).toEqual(['b', 'c', 'd']);
    for (const toast of shown()) dismissToast(toast.id);
    expect(shown()).toEqual([]);
  });
});
