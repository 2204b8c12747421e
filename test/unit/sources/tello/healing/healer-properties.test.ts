import { describe, expect, it } from 'vitest';
import { Healer } from '../../../../../electron/sources/tello/video/healing/healer.ts';
import { seededRandom } from '../../../../fixtures/seeded-random.ts';
import { anyLink } from './damages.ts';
import { type SentPicture, send, toPictures } from './lossy-link.ts';
import { Rereader } from './reread.ts';
import { StreamDecoder } from './stream-decoder.ts';
import { READABLE_STREAMS } from './streams.ts';

/** Lossy trips of a whole stream; each damages some tens of units. */
const TRIPS = 60;
const DECODED_TRIPS = 6;

/** A healer that reads every unit in full, as one does for a while after any loss. */
function watchful(): Healer {
  const healer = new Healer();
  healer.noticeLoss(0);
  return healer;
}

describe.each(Object.entries(READABLE_STREAMS))('healing %s', (_, make) => {
  let made: SentPicture[] | null = null;
  const pictures = async () => {
    made ??= toPictures(await make());
    return made;
  };

  it('gives units that are whole and numbered without a gap, whatever the link does', async () => {
    const sent = await pictures();
    for (let trip = 0; trip < TRIPS; trip++) {
      const units = send(sent, anyLink(seededRandom(1_000 + trip)), watchful());
      const rereader = new Rereader();
      const complaints = units.map((unit) => rereader.complaint(unit.data));
      expect({ trip, complaints: complaints.filter((complaint) => complaint !== null) }).toEqual({
        trip,
        complaints: [],
      });
    }
  });

  it('gives as many pictures as units in FFmpeg, without one complaint', async () => {
    const sent = await pictures();
    for (let trip = 0; trip < DECODED_TRIPS; trip++) {
      const units = send(sent, anyLink(seededRandom(2_000 + trip)), watchful());
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
