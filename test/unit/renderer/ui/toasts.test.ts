import { describe, expect, it } from 'vitest';
import { createToasts } from '../../../../renderer/ui/toasts.ts';

describe('toasts', () => {
  it('keeps three, replaces by key, and forgets what was dismissed', () => {
    const toasts = createToasts();
    for (const key of ['a', 'b', 'c', 'd', 'd']) toasts.show({ key, tone: 'neutral', title: key });
    const shown = () => toasts.store.getState().toasts;
    expect(shown().map((toast) => toast.key)).toEqual(['b', 'c', 'd']);
    for (const toast of shown()) toasts.dismiss(toast.id);
    expect(shown()).toEqual([]);
  });
});
