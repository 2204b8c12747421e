import { describe, expect, it } from 'vitest';
import { Healer } from '../../../../../electron/sources/tello/video/healing/healer.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { anyLink, counting } from './damages.ts';
import { type SentPicture, send, toPictures } from './lossy-link.ts';
import { Rereader } from './reread.ts';
import { StreamDecoder } from './stream-decoder.ts';
import { READABLE_STREAMS } from './streams.ts';

const STREAMS = Object.entries(READABLE_STREAMS);
/** Ten thousand in all; every one of them through FFmpeg takes a minute and is `test/bench/healing-trial.ts`. */
const DAMAGES = Math.ceil(10_000 / STREAMS.length);
const DECODED_DAMAGES = Math.ceil(1_400 / STREAMS.length);
const TIMEOUT_MS = 60_000;

/** A healer that reads every unit in full, as one does for a while after any loss. */
function watchful(): Healer {
  const healer = new Healer();
  healer.noticeLoss(0);
  return healer;
}

describe.each(STREAMS)('healing %s', (_, make) => {
  let made: SentPicture[] | null = null;
  const pictures = async () => {
    made ??= toPictures(await make());
    return made;
  };

  /** Lossy trips of the whole stream, one after the other, until so much was damaged. */
  async function* trips(damages: number, firstSeed: number) {
    const sent = await pictures();
    let done = 0;
    for (let seed = firstSeed; done < damages; seed++) {
      const { link, damages: made } = counting(anyLink(seededRandom(seed)));
      yield { seed, units: send(sent, link, watchful()) };
      done += made();
    }
  }

  it('gives units that are whole and numbered without a gap, whatever the link does', {
    timeout: TIMEOUT_MS,
  }, async () => {
    for await (const { seed, units } of trips(DAMAGES, 1_000)) {
      const rereader = new Rereader();
      const complaints = units.map((unit) => rereader.complaint(unit.data));
      expect({ seed, complaints: complaints.filter((complaint) => complaint !== null) }).toEqual({
        seed,
        complaints: [],
      });
    }
  });

  it('gives as many pictures as units in FFmpeg, without one complaint', {
    timeout: TIMEOUT_MS,
  }, async () => {
    for await (const { seed, units } of trips(DECODED_DAMAGES, 2_000)) {
      using decoder = await StreamDecoder.open(true);
      let shown = 0;
      for (const unit of units) shown += decoder.decode(unit.data);
      shown += decoder.decode(null);
      expect({ seed, shown, refused: decoder.refused, damaged: decoder.damaged }).toEqual({
        seed,
        shown: units.length,
        refused: 0,
        damaged: 0,
      });
    }
  });
});
