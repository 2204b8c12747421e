import { describe, expect, it } from 'vitest';
import { createUndoList } from '../../../electron/base/undo-list.ts';

describe('the undo list', () => {
  it('undoes in reverse order, each once, however often it is asked', async () => {
    const done: number[] = [];
    const list = createUndoList();
    for (const step of [1, 2, 3]) list.add(async () => void done.push(step));
    await Promise.all([list.run(), list.run()]);
    expect(done).toEqual([3, 2, 1]);
  });

  it('goes on after a failure, and reports it', async () => {
    const done: string[] = [];
    const list = createUndoList();
    list.add(() => void done.push('first'));
    list.add(() => Promise.reject(new Error('stuck')));
    await expect(list.run()).rejects.toThrow(AggregateError);
    expect(done).toEqual(['first']);
  });

  it('undoes at once what comes too late', async () => {
    const done: string[] = [];
    const list = createUndoList();
    await list.run();
    list.add(() => void done.push('late'));
    await list.run();
    expect(done).toEqual(['late']);
  });
});
