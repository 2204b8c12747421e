import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Meters, PainterToPage } from '../../../../renderer/painter/messages.ts';
import { Painter } from '../../../../renderer/painter/painter.ts';
import {
  decodeViewerMessage,
  encodeStationMessage,
  type StationMessage,
  type ViewerMessage,
} from '../../../../shared/frames.ts';
import { eventually } from '../../../support/eventually.ts';
import { FakeEncodedVideoChunk, FakeVideoDecoder } from '../../../support/fake-video-decoder.ts';

let painter: Painter;
let station: MessagePort;
let page: MessagePort;
let said: PainterToPage[];
let heard: ViewerMessage[];

beforeEach(async () => {
  FakeVideoDecoder.reset();
  vi.stubGlobal('VideoDecoder', FakeVideoDecoder);
  vi.stubGlobal('EncodedVideoChunk', FakeEncodedVideoChunk);
  said = [];
  heard = [];
  const channel = new MessageChannel();
  station = channel.port1;
  page = channel.port2;
  station.onmessage = ({ data }) => {
    const message = decodeViewerMessage(data);
    if (message !== null) heard.push(message);
  };
  painter = new Painter((message) => said.push(message));
  painter.handle({ type: 'link', link: { kind: 'port', port: page } });
  await eventually(
    () => heard,
    (messages) => messages.some(({ type }) => type === 'ready'),
  );
});

afterEach(() => {
  // The end of the stream closes the decoder and its timers.
  send({ type: 'end', generation: 1 });
  return eventually(
    () => FakeVideoDecoder.made.every(({ state }) => state === 'closed'),
    (closed) => closed,
  ).finally(() => {
    station.close();
    page.close();
    vi.unstubAllGlobals();
  });
});

function send(message: StationMessage): void {
  station.postMessage(encodeStationMessage(message));
}

const format = (width: number, height: number, codecString = 'avc1.4D4028') => {
  const codec = codecString === 'jpeg' ? 'jpeg' : 'h264';
  send({ type: 'format', generation: 1, codec, codecString, width, height });
};

function frame(seq: number, part: Partial<Extract<StationMessage, { type: 'frame' }>> = {}): void {
  send({
    type: 'frame',
    generation: 1,
    seq,
    keyframe: false,
    catchUp: false,
    madeUp: false,
    capturedAtUs: 0,
    data: new Uint8Array(8),
    ...part,
  });
}

/** The figures once every frame up to `seq` has been answered for. */
async function metersAfter(seq: number): Promise<Meters> {
  await eventually(
    () => heard,
    (messages) => messages.some((message) => message.type === 'drawn' && message.seq === seq),
  );
  painter.sayMeters();
  const last = said.at(-1);
  if (last?.type !== 'meters') throw new Error('no figures');
  return last;
}

describe('counted wrong: the painter', () => {
  it('draws every frame of a stream whose size alternates with each', async () => {
    for (let seq = 0; seq < 15; seq++) {
      format(seq % 2 === 0 ? 960 : 640, seq % 2 === 0 ? 720 : 480);
      frame(seq, { keyframe: true });
    }
    expect(await metersAfter(14)).toMatchObject({ framesDrawn: 15, framesDropped: 0 });
    expect(FakeVideoDecoder.made).toHaveLength(1);
  });

  it('counts what a decoder still held when another codec came', async () => {
    format(960, 720);
    frame(0, { keyframe: true });
    await metersAfter(0);
    FakeVideoDecoder.mood = () => 'swallow';
    frame(1);
    frame(2);
    format(960, 720, 'avc1.42001E');
    expect(await metersAfter(2)).toMatchObject({ framesDrawn: 1, framesDropped: 2 });
  });

  it('counts frames that were skipped for this page, and not those that were made up', async () => {
    format(960, 720);
    frame(0, { keyframe: true });
    await metersAfter(0);
    frame(1, { catchUp: true });
    frame(2, { catchUp: true });
    frame(3, { madeUp: true });
    frame(4);
    expect(await metersAfter(4)).toMatchObject({ framesDrawn: 2, framesDropped: 2 });
  });

  it('does not count the group that a new page catches up with', async () => {
    format(960, 720);
    for (let seq = 0; seq < 9; seq++) frame(seq, { keyframe: seq === 0, catchUp: true });
    frame(9);
    expect(await metersAfter(9)).toMatchObject({ framesDrawn: 1, framesDropped: 0 });
  });
});

describe('a fact of one stream: the painter', () => {
  it('forgets that a stream could not be shown when another one comes', async () => {
    vi.stubGlobal('VideoDecoder', undefined);
    format(960, 720);
    frame(0, { keyframe: true });
    expect((await metersAfter(0)).unable).not.toBeNull();
    vi.stubGlobal('VideoDecoder', FakeVideoDecoder);
    format(960, 720, 'avc1.42001E');
    frame(1, { keyframe: true });
    expect((await metersAfter(1)).unable).toBeNull();
  });
});
