import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { H264Player } from '../../../../renderer/painter/h264-player.ts';
import type { PlayerListener } from '../../../../renderer/painter/player.ts';
import type { FrameMessage } from '../../../../shared/frames.ts';
import { FakeEncodedVideoChunk, FakeVideoDecoder } from '../../../support/fake-video-decoder.ts';

const format = { codec: 'h264', codecString: 'avc1.4D4028', width: 960, height: 720 } as const;

let log: string[];
let player: H264Player;
let seq: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] });
  FakeVideoDecoder.reset();
  vi.stubGlobal('VideoDecoder', FakeVideoDecoder);
  vi.stubGlobal('EncodedVideoChunk', FakeEncodedVideoChunk);
  seq = 0;
  log = [];
  player = newPlayer();
});

afterEach(() => {
  player.close();
  expect(FakeVideoDecoder.openPictures, 'pictures never closed').toBe(0);
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function newPlayer(nowMs?: () => number): H264Player {
  const listener: PlayerListener = {
    picture: (picture, frame) => {
      picture.close();
      log.push(`drawn ${frame.seq}`);
    },
    givenUp: (frame, why) => log.push(`${why} ${frame.seq}`),
    decodeError: () => log.push('error'),
    restart: () => log.push('restart'),
    unable: ({ kind }) => log.push(`unable: ${kind}`),
  };
  return new H264Player(format, listener, nowMs);
}

async function feed(count: number, part: Partial<FrameMessage> = {}): Promise<void> {
  for (let i = 0; i < count; i++) {
    player.decode({
      type: 'frame',
      generation: 1,
      seq: seq++,
      keyframe: false,
      catchUp: false,
      madeUp: false,
      capturedAtUs: 0,
      data: new Uint8Array(8),
      ...part,
    });
    await vi.advanceTimersByTimeAsync(1);
  }
}

/** Every frame fed is drawn or given up: what the page owes the station an answer for. */
function settledSeqs(): number[] {
  const seqs = log.filter((line) => /^(drawn|dropped|catch-up)/.test(line));
  return seqs.map((line) => Number(line.split(' ')[1]));
}

describe('the H.264 player', () => {
  it('draws what comes, in order', async () => {
    await feed(1, { keyframe: true });
    await feed(3);
    expect(log).toEqual(['drawn 0', 'drawn 1', 'drawn 2', 'drawn 3']);
  });

  it('gives up what the decoder swallows, and starts over', async () => {
    await feed(1, { keyframe: true });
    FakeVideoDecoder.mood = () => 'swallow';
    await feed(8);
    expect(settledSeqs()).toEqual([0]);
    FakeVideoDecoder.mood = () => 'draw';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(new Set(settledSeqs())).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8]));
    expect(FakeVideoDecoder.made).toHaveLength(2);
    await feed(1);
    expect(log.at(-1)).toBe('drawn 9');
  });

  it('settles everything even if the decoder never says a word again', async () => {
    FakeVideoDecoder.mood = () => 'swallow';
    await feed(1, { keyframe: true });
    for (let i = 0; i < 30; i++) {
      await feed(5);
      await vi.advanceTimersByTimeAsync(700);
    }
    expect(new Set(settledSeqs()).size).toBe(seq);
    expect(FakeVideoDecoder.made.length, 'new decoders are bounded').toBeLessThan(20);
    FakeVideoDecoder.mood = () => 'draw';
    await feed(1, { keyframe: true });
    expect(log.at(-1)).toBe(`drawn ${seq - 1}`);
  });

  it('replays the group without the unit the decoder choked on', async () => {
    FakeVideoDecoder.mood = (timestamp) => (timestamp === 2 ? 'fail' : 'draw');
    await feed(1, { keyframe: true });
    await feed(4);
    expect(log.filter((line) => line.startsWith('drawn'))).toEqual([
      'drawn 0',
      'drawn 1',
      'drawn 3',
      'drawn 4',
    ]);
    expect(log).toContain('dropped 2');
    expect(FakeVideoDecoder.made[1]?.fed.slice(0, 2)).toEqual([0, 1]);
  });

  it('a bound of memory is no bound of function: one keyframe, then thousands of frames', async () => {
    await feed(1, { keyframe: true });
    await feed(2_000);
    expect(log).toHaveLength(2_001);
    expect(log.at(-1)).toBe('drawn 2000');
  });

  it('without a copy to start from asks the station for the cached group', async () => {
    await feed(1, { keyframe: true });
    await feed(500);
    FakeVideoDecoder.mood = (timestamp) => (timestamp === 501 ? 'fail' : 'draw');
    await feed(1);
    expect(log.slice(-3)).toEqual(['error', 'dropped 501', 'restart']);
    await feed(1);
    expect(log.at(-1), 'until it comes nothing can be decoded').toBe('dropped 502');
  });

  it('says once that there is no decoder, and owes no answer', async () => {
    vi.stubGlobal('VideoDecoder', undefined);
    player.close();
    player = newPlayer();
    await feed(1, { keyframe: true });
    await feed(2);
    expect(log).toEqual(['unable: no-decoder', 'dropped 0', 'dropped 1', 'dropped 2']);
  });

  it('is not hasty with a page that slept', async () => {
    let sleptMs = 0;
    player.close();
    player = newPlayer(() => performance.now() + sleptMs);
    await feed(1, { keyframe: true });
    await vi.advanceTimersByTimeAsync(200);
    FakeVideoDecoder.mood = () => 'swallow';
    await feed(1);
    // The clock went on, and no timer ran: the first look afterwards blames nobody.
    sleptMs = 60_000;
    await vi.advanceTimersByTimeAsync(300);
    expect(log).toEqual(['drawn 0']);
    await vi.advanceTimersByTimeAsync(600);
    expect(log, 'awake, it is judged again').toContain('dropped 1');
  });
});
