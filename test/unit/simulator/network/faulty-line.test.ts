import { describe, expect, it } from 'vitest';
import { NO_FAULTS } from '../../../../electron/simulator/network/faults.ts';
import { FaultyLine } from '../../../../electron/simulator/network/faulty-line.ts';
import { seededRandom } from '../../../../electron/simulator/seeded-random.ts';

const COUNT = 2_000;

/** Sends numbered datagrams through a line and returns the numbers that arrive. */
function arrivals(faults: Partial<typeof NO_FAULTS>, seed = 1): number[] {
  const arrived: number[] = [];
  const line = new FaultyLine(
    (datagram) => arrived.push(Buffer.from(datagram).readUInt16BE()),
    seededRandom(seed),
  );
  for (let number = 0; number < COUNT; number++) {
    line.send(Uint8Array.of(number >> 8, number & 0xff), { ...NO_FAULTS, ...faults });
  }
  return arrived;
}

describe('faulty line', () => {
  it('without faults changes nothing', () => {
    expect(arrivals({})).toEqual(Array.from({ length: COUNT }, (_, index) => index));
  });

  it('loses about as much as it is told to, the same for the same seed', () => {
    const arrived = arrivals({ loss: 0.1 });
    expect(COUNT - arrived.length).toBeGreaterThan(120);
    expect(COUNT - arrived.length).toBeLessThan(280);
    expect(arrivals({ loss: 0.1 })).toEqual(arrived);
    expect(arrivals({ loss: 0.1 }, 2)).not.toEqual(arrived);
    expect(arrivals({ loss: 1 })).toEqual([]);
  });

  it('swaps neighbours without losing one', () => {
    const arrived = arrivals({ reorder: 0.1 });
    const swapped = arrived.filter((number, index) => number < (arrived[index - 1] ?? 0));
    expect(swapped.length).toBeGreaterThan(100);
    expect(arrived.length).toBeGreaterThanOrEqual(COUNT - 1);
    expect(new Set(arrived).size).toBe(arrived.length);
  });

  it('doubles', () => {
    expect(arrivals({ duplicate: 1 }).slice(0, 6)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});
