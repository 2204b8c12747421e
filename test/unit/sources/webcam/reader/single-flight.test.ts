import { describe, expect, test } from 'vitest';
import { SingleFlight } from '../../../../../electron/sources/webcam/reader/single-flight.ts';

describe('SingleFlight', () => {
  test('refuses the second while the first is under way, then lets the next through', async () => {
    const reads = new SingleFlight('read');
    let finish: () => void = () => undefined;
    let begun = 0;
    const read = () => {
      begun += 1;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    const first = reads.run(read);
    await expect(reads.run(read)).rejects.toThrow('a second read');
    expect(begun).toBe(1);
    finish();
    await first;
    const third = reads.run(read);
    finish();
    await third;
    expect(begun).toBe(2);
  });

  test('a failure frees the way', async () => {
    const reads = new SingleFlight('read');
    await expect(reads.run(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await expect(reads.run(() => Promise.resolve(7))).resolves.toBe(7);
    await reads.idle();
  });
});
