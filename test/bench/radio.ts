import { seededRandom } from '../support/seeded-random.ts';
import type { RecordedDatagram } from './recorded-video.ts';

/** A stream that lost its first keyframe waits for the next one: that is not what is measured here. */
const GOOD_MS = 500;

/** What the air does to a recording, after a good beginning: true where the k-th datagram arrives. */
export type Radio = {
  name: string;
  arrives(seed: number, video: readonly RecordedDatagram[]): boolean[];
};

export const clean: Radio = { name: '0 %', arrives: (_seed, video) => video.map(() => true) };

/** Each datagram by itself. */
export function independent(share: number): Radio {
  return {
    name: `${share * 100} %`,
    arrives(seed, video) {
      const random = seededRandom(seed);
      return video.map(({ atMs }) => random() >= share || atMs < GOOD_MS);
    },
  };
}

/** Gilbert-Elliott: runs of `length` datagrams on average that lose everything, `share` of all. */
export function bursts(share: number, length: number): Radio {
  return {
    name: `bursts of ${length}, ${share * 100} %`,
    arrives(seed, video) {
      const random = seededRandom(seed);
      const leave = 1 / length;
      const enter = (leave * share) / (1 - share);
      let isBad = false;
      return video.map(({ atMs }) => {
        isBad = isBad ? random() >= leave : random() < enter;
        return !isBad || atMs < GOOD_MS;
      });
    },
  };
}

/** The air is dead for `forMs`, every five seconds, beginning with a keyframe or half a group behind one. */
export function outages(forMs: number, where: 'over' | 'beside'): Radio {
  return {
    name: `${forMs} ms dead, ${where} a keyframe`,
    arrives(_seed, video) {
      let nextMs = 2_000;
      let untilMs = Number.NEGATIVE_INFINITY;
      return video.map(({ atMs, startsKeyframe }) => {
        if (atMs >= nextMs && startsKeyframe) {
          untilMs = atMs + forMs + (where === 'over' ? 0 : 400);
          nextMs = atMs + 5_000;
        }
        return atMs >= untilMs || (where === 'beside' && atMs < untilMs - forMs);
      });
    },
  };
}

/** The share of pictures whose first datagram arrived: more cannot be shown. */
export function ceiling(video: readonly RecordedDatagram[], arrived: readonly boolean[]): number {
  const firsts = new Map<number, boolean>();
  for (const [index, { picture, bytes }] of video.entries()) {
    const type = (bytes[4] ?? 0) & 0x1f;
    const isSlice = bytes[0] === 0 && bytes[1] === 0 && (type === 1 || type === 5);
    if (isSlice && !firsts.has(picture)) firsts.set(picture, arrived[index] ?? false);
  }
  return [...firsts.values()].filter(Boolean).length / firsts.size;
}
