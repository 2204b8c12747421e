import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onDisk } from '../../../electron/base/disk.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const late = () => new Error('late');

it('a disk that answers is waited for, and its failure is its own', async () => {
  await expect(onDisk(1_000, late, async () => 7)).resolves.toBe(7);
  const full = onDisk(1_000, late, () => Promise.reject(new Error('full')));
  await expect(full).rejects.toThrow('full');
  expect(vi.getTimerCount()).toBe(0);
});

it('a disk that hangs is waited for until its deadline; more than two at once are refused', async () => {
  const wake: (() => void)[] = [];
  const asked = vi.fn(() => new Promise<void>((resolve) => wake.push(resolve)));
  for (let i = 0; i < 2; i++) {
    const hung = expect(onDisk(1_000, late, asked)).rejects.toThrow('late');
    await vi.advanceTimersByTimeAsync(1_000);
    await hung;
  }
  await expect(onDisk(1_000, late, asked)).rejects.toThrow('late');
  expect(asked, 'a third thread is not spent').toHaveBeenCalledTimes(2);

  for (const resolve of wake) resolve();
  await vi.advanceTimersByTimeAsync(0);
  await expect(onDisk(1_000, late, async () => 'back')).resolves.toBe('back');
});
