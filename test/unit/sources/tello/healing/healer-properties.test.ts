import { describe, expect, it } from 'vitest';
import { Healer } from '../../../../../electron/sources/tello/video/healing/healer.ts';
import { seededRandom } from '../../../../fixtures/seeded-random.ts';
import { anyLink } from './damages.ts';
import { encodeNals } from './encode-stream.ts';
import { type SentPicture, send, toPictures } from './lossy-link.ts';
import { Rereader } from './reread.ts';
import { panned, shaken, snow, zoomed } from './scenes.ts';
import { simulatorNals } from './simulator-stream.ts';
import { StreamDecoder } from './stream-decoder.ts';

const SMALL = { width: 208, height: 160, pictures: 40 };
const streams: Record<string, () => Promise<Uint8Array[]>> = {
  simulator: () => simulatorNals({ width: 320, height: 240, fps: 30, bitrateBps: 600_000 }, 40),
  panned: () => encodeNals({ ...SMALL, scene: panned, bitrateBps: 900_000 }),
  'four slices a picture': () =>
    encodeNals({ ...SMALL, scene: zoomed, bitrateBps: 900_000, x264: ['slices=4'] }),
  'three references': () =>
    encodeNals({ ...SMALL, scene: zoomed, preset: 'slow', x264: ['ref=3', 'weightp=2', 'qp=30'] }),
  '8x8 transform': () =>
    encodeNals({ ...SMALL, scene: shaken, profile: 'high', preset: 'medium', x264: ['qp=28'] }),
  I_PCM: () => encodeNals({ ...SMALL, pictures: 8, scene: snow, x264: ['qp=1', 'keyint=4'] }),
};
/** Lossy trips of a whole stream; each damages some tens of units. */
const TRIPS = 60;
const DECODED_TRIPS = 6;

describe.each(Object.entries(streams))('healing %s', (_, make) => {
  let made: SentPicture[] | null = null;
  const pictures = async () => {
    made ??= toPictures(await make());
    return made;
  };

  it('gives units that are whole and numbered without a gap, whatever the link does', async () => {
    const sent = await pictures();
    for (let trip = 0; trip < TRIPS; trip++) {
      const random = seededRandom(1_000 + trip);
      const healer = new Healer();
      const rereader = new Rereader();
      for (const [index, unit] of send(sent, anyLink(random), healer).entries()) {
        const complaint = unit.state === 'passed' ? null : rereader.complaint(unit.data);
        expect(complaint, `trip ${trip}, unit ${index}, ${unit.state}`).toBeNull();
      }
    }
  });

  it('gives as many pictures as units in FFmpeg, without one complaint', async () => {
    const sent = await pictures();
    for (let trip = 0; trip < DECODED_TRIPS; trip++) {
      const healer = new Healer();
      healer.noticeLoss(0);
      const units = send(sent, anyLink(seededRandom(2_000 + trip)), healer);
      using decoder = await StreamDecoder.open(true);
      let shown = 0;
      for (const unit of units) shown += decoder.decode(unit.data);
      shown += decoder.decode(null);
      expect({ trip, shown, refused: decoder.refused, damaged: decoder.damaged }).toEqual({
        trip,
        shown: units.length,
        refused: 0,
        damaged: 0,
      });
    }
  });
});
