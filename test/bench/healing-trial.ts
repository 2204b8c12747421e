// Ten thousand seeded damages (or as many as the argument says), each unit that comes out really decoded
// by FFmpeg at its strictest. The unit tests decode a sample of the same.
import { Healer } from '../../electron/sources/tello/video/healing/healer.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { anyLink, counting } from '../unit/sources/tello/healing/damages.ts';
import { send, toPictures } from '../unit/sources/tello/healing/lossy-link.ts';
import { StreamDecoder } from '../unit/sources/tello/healing/stream-decoder.ts';
import { READABLE_STREAMS } from '../unit/sources/tello/healing/streams.ts';

const DAMAGES = Number(process.argv[2] ?? 10_000);
const perStream = DAMAGES / Object.keys(READABLE_STREAMS).length;

let failures = 0;
for (const [name, make] of Object.entries(READABLE_STREAMS)) {
  const sent = toPictures(await make());
  let damages = 0;
  let units = 0;
  let healed = 0;
  let slowestMs = 0;
  for (let trip = 0; damages < perStream; trip++) {
    const { link, damages: made } = counting(anyLink(seededRandom(trip)));
    const healer = new Healer();
    healer.noticeLoss(0);
    const startedAt = performance.now();
    const out = send(sent, link, healer);
    damages += made();
    slowestMs = Math.max(slowestMs, (performance.now() - startedAt) / sent.length);
    using decoder = await StreamDecoder.open(true);
    let shown = 0;
    for (const unit of out) shown += decoder.decode(unit.data);
    shown += decoder.decode(null);
    units += out.length;
    healed += healer.counts.healed;
    if (shown !== out.length || decoder.refused > 0 || decoder.damaged > 0) {
      failures++;
      console.log(name, {
        trip,
        shown,
        of: out.length,
        refused: decoder.refused,
        damaged: decoder.damaged,
      });
    }
  }
  console.log(
    `${name}: ${damages} damages, ${units} units, ${healed} healed, at most ${slowestMs.toFixed(2)} ms a picture`,
  );
}
console.log(failures === 0 ? 'all decoded without a complaint' : `${failures} trips failed`);
process.exitCode = failures === 0 ? 0 : 1;
