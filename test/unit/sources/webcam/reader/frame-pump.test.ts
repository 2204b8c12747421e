import { describe, expect, test } from 'vitest';
import {
  FramePump,
  PICTURES_UNDER_WAY,
} from '../../../../../electron/sources/webcam/reader/frame-pump.ts';
import type { WholeJpeg } from '../../../../../electron/sources/webcam/reader/mend-jpeg.ts';
import type { RawPicture } from '../../../../../electron/sources/webcam/reader/reader.ts';

const JPEG: WholeJpeg = { data: Uint8Array.of(0xff, 0xd8), width: 64, height: 48 };

function setUp() {
  const sent: number[] = [];
  const sequence: number[] = [];
  const dropped = { stale: 0, damaged: 0 };
  const errors: unknown[] = [];
  let alive = 0;
  let encoded = 0;
  const pump = new FramePump({
    picture: ({ seq, readAtUs }) => {
      sequence.push(seq);
      sent.push(readAtUs);
    },
    dropped: (why) => {
      dropped[why] += 1;
    },
    failed: (error) => errors.push(error),
  });
  const picture = (
    readAtUs: number,
    encode = (): Promise<WholeJpeg | null> => Promise.resolve(JPEG),
  ): RawPicture => {
    alive += 1;
    let released = false;
    return {
      readAtUs,
      encode: () => {
        encoded += 1;
        return encode();
      },
      release() {
        if (!released) alive -= 1;
        released = true;
      },
    };
  };
  return {
    pump,
    picture,
    sent,
    sequence,
    errors,
    figures: () => ({ dropped, alive, encoded }),
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('FramePump', () => {
  test('sends what it can and holds the newest of the rest, unencoded', async () => {
    const { pump, picture, sent, figures } = setUp();
    for (let at = 1; at <= 10; at++) {
      pump.offer(picture(at));
      await settle();
    }
    expect(sent).toEqual([1, 2]);
    expect(sent).toHaveLength(PICTURES_UNDER_WAY);
    expect(figures()).toEqual({ dropped: { stale: 7, damaged: 0 }, alive: 1, encoded: 2 });
    pump.consumed(1);
    await settle();
    expect(sent).toEqual([1, 2, 10]);
    expect(figures().alive).toBe(0);
  });

  test('a picture that comes while another is encoded waits for it', async () => {
    const { pump, picture, sent } = setUp();
    let finish: (jpeg: WholeJpeg) => void = () => undefined;
    pump.offer(
      picture(
        1,
        () =>
          new Promise((resolve) => {
            finish = resolve;
          }),
      ),
    );
    pump.offer(picture(2));
    await settle();
    expect(sent).toEqual([]);
    finish(JPEG);
    await settle();
    expect(sent).toEqual([1, 2]);
  });

  test('a number from the future does not raise the bound', async () => {
    const { pump, picture, sent } = setUp();
    pump.consumed(1_000_000);
    for (let at = 1; at <= 5; at++) {
      pump.offer(picture(at));
      await settle();
    }
    expect(sent).toHaveLength(PICTURES_UNDER_WAY);
  });

  test('a damaged picture is dropped, counted, and takes no number', async () => {
    const { pump, picture, sent, sequence, figures } = setUp();
    pump.offer(picture(2, () => Promise.resolve(null)));
    await settle();
    pump.offer(picture(3));
    await settle();
    expect(sent).toEqual([3]);
    expect(sequence).toEqual([1]);
    expect(figures()).toMatchObject({ dropped: { stale: 0, damaged: 1 }, alive: 0 });
  });

  test('an encoder that fails is reported, and its picture given back', async () => {
    const { pump, picture, errors, figures } = setUp();
    pump.offer(picture(1, () => Promise.reject(new Error('out of memory'))));
    await settle();
    expect(errors).toHaveLength(1);
    expect(figures().alive).toBe(0);
  });

  test('closed, it gives back what it holds and what still comes', async () => {
    const { pump, picture, sent, figures } = setUp();
    for (let at = 1; at <= 3; at++) {
      pump.offer(picture(at));
      await settle();
    }
    pump.close();
    pump.offer(picture(4));
    pump.consumed(2);
    await settle();
    expect(sent).toEqual([1, 2]);
    expect(figures().alive).toBe(0);
  });
});
