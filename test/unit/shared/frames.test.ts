import { describe, expect, it } from 'vitest';
import {
  decodeStationMessage,
  decodeViewerMessage,
  encodeStationMessage,
  encodeViewerMessage,
  type StationMessage,
  type ViewerMessage,
} from '../../../shared/frames.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const stationMessages: StationMessage[] = [
  {
    type: 'format',
    generation: 7,
    codec: 'h264',
    codecString: 'avc1.4D4028',
    width: 960,
    height: 720,
  },
  { type: 'format', generation: 8, codec: 'jpeg', codecString: 'jpeg', width: 1920, height: 1080 },
  {
    type: 'frame',
    generation: 4_000_000_000,
    seq: 123_456,
    keyframe: true,
    catchUp: false,
    madeUp: false,
    capturedAtUs: 1_234_567_890.125,
    data: new Uint8Array([0, 0, 0, 1, 0x65, 255]),
  },
  {
    type: 'frame',
    generation: 1,
    seq: 0,
    keyframe: false,
    catchUp: true,
    madeUp: true,
    capturedAtUs: 0,
    data: new Uint8Array(),
  },
  { type: 'clock', askedAtUs: 1.5, stationUs: 2.5 },
  { type: 'end', generation: 3 },
];

const viewerMessages: ViewerMessage[] = [
  { type: 'ready' },
  { type: 'restart' },
  { type: 'drawn', generation: 9, seq: 10, delayMs: 4.25 },
  { type: 'drawn', generation: 9, seq: 10, delayMs: Number.NaN },
  { type: 'clockQuery', askedAtUs: 99.5 },
];

describe('messages on a frame link', () => {
  it.each(stationMessages)('carry the station’s $type there and back', (message) => {
    expect(decodeStationMessage(encodeStationMessage(message))).toEqual(message);
  });

  it.each(viewerMessages)('carry a viewer’s $type there and back', (message) => {
    expect(decodeViewerMessage(encodeViewerMessage(message))).toEqual(message);
  });

  it('may lie anywhere in a larger buffer, as sockets deliver them', () => {
    const encoded = new Uint8Array(encodeViewerMessage({ type: 'clockQuery', askedAtUs: 5 }));
    const larger = new Uint8Array(64);
    larger.set(encoded, 13);
    expect(decodeViewerMessage(larger.subarray(13, 13 + encoded.length))).toEqual({
      type: 'clockQuery',
      askedAtUs: 5,
    });
  });

  it('are null, never an exception, for 100,000 pieces of garbage', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 100_000; i++) {
      const bytes = new Uint8Array(Math.floor(random() * 40));
      for (let j = 0; j < bytes.length; j++) bytes[j] = Math.floor(random() * 256);
      // An exception here fails the test by itself; 200,000 assertions would take a minute.
      decodeStationMessage(bytes.buffer);
      decodeViewerMessage(bytes);
    }
    for (const message of stationMessages) {
      const encoded = encodeStationMessage(message);
      for (let length = 0; length < Math.min(encoded.byteLength, 24); length++) {
        expect(() => decodeStationMessage(encoded.slice(0, length))).not.toThrow();
      }
    }
    expect(decodeStationMessage(new ArrayBuffer(4))).toBeNull();
    expect(decodeViewerMessage(new ArrayBuffer(23))).toBeNull();
  });
});
