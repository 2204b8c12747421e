import { encodeNals, POC_TYPE_0 } from './encode-stream.ts';
import { panned, shaken, snow, zoomed } from './scenes.ts';
import { simulatorNals } from './simulator-stream.ts';

const SMALL = { width: 208, height: 160, pictures: 40 };

/** Streams of every kind that the healer reads in full, small enough to be sent a hundred times. */
export const READABLE_STREAMS: Record<string, () => Promise<Uint8Array[]>> = {
  simulator: () => simulatorNals({ width: 320, height: 240, fps: 30, bitrateBps: 600_000 }, 40),
  panned: () => encodeNals({ ...SMALL, scene: panned, bitrateBps: 900_000 }),
  'POC type 0': () =>
    encodeNals({ ...SMALL, scene: panned, bitrateBps: 900_000, x264: POC_TYPE_0 }),
  'four slices a picture': () =>
    encodeNals({ ...SMALL, scene: zoomed, bitrateBps: 900_000, x264: ['slices=4'] }),
  'three references': () =>
    encodeNals({ ...SMALL, scene: zoomed, preset: 'slow', x264: ['ref=3', 'weightp=2', 'qp=30'] }),
  '8x8 transform': () =>
    encodeNals({ ...SMALL, scene: shaken, profile: 'high', preset: 'medium', x264: ['qp=28'] }),
  I_PCM: () =>
    encodeNals({ width: 96, height: 96, pictures: 8, scene: snow, x264: ['qp=1', 'keyint=4'] }),
};
