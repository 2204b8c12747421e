// What is on the screen under loss, against the same stream without loss: healed and then decoded, and
// as FFmpeg conceals it. Arguments narrow it down: a share of loss, seeds, and names of contents or Annex B files.

import { readFileSync } from 'node:fs';
import { Healer } from '../../electron/sources/tello/video/healing/healer.ts';
import type {
  HealingCounts,
  ReceivedUnit,
} from '../../electron/sources/tello/video/healing/units.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { encodeNals } from '../unit/sources/tello/healing/encode-stream.ts';
import {
  losing,
  receive,
  type SentPicture,
  splitNals,
  toPictures,
} from '../unit/sources/tello/healing/lossy-link.ts';
import { panned, shaken, zoomed } from '../unit/sources/tello/healing/scenes.ts';
import { simulatorNals } from '../unit/sources/tello/healing/simulator-stream.ts';
import { type Luma, StreamDecoder } from '../unit/sources/tello/healing/stream-decoder.ts';

const SIZE = { width: 960, height: 720 };
const BITRATE_BPS = 2_300_000;
const PICTURES = 300;
const SHARES = [0.01, 0.02, 0.05];
const SEEDS = [1, 2, 3];
/** A picture that is right to the last bit counts this much, or one such would drown all others. */
const BEST_DB = 60;

const START = Uint8Array.of(0, 0, 0, 1);
const telloLike = { ...SIZE, pictures: PICTURES, bitrateBps: BITRATE_BPS, preset: 'ultrafast' };
const contents: Record<string, () => Promise<Uint8Array[]>> = {
  simulator: () => simulatorNals({ ...SIZE, fps: 30, bitrateBps: BITRATE_BPS }, PICTURES),
  panned: () => encodeNals({ ...telloLike, scene: panned }),
  zoomed: () => encodeNals({ ...telloLike, scene: zoomed }),
  shaken: () => encodeNals({ ...telloLike, scene: shaken }),
  'IDR every third': () => encodeNals({ ...telloLike, scene: panned, x264: ['keyint=3'] }),
};

/** Mean squared error of what is on the screen, picture by picture. */
type Errors = number[];

async function compare(
  pictures: readonly SentPicture[],
  received: readonly ReceivedUnit[],
): Promise<{ healed: Errors; concealed: Errors; counts: HealingCounts }> {
  const healer = new Healer();
  using clean = await StreamDecoder.open(false);
  using concealing = await StreamDecoder.open(false);
  using healing = await StreamDecoder.open(false);
  const healed: Errors = [];
  const concealed: Errors = [];
  let onScreenHealed: Luma | null = null;
  let onScreenConcealed: Luma | null = null;
  for (const [index, picture] of pictures.entries()) {
    let truth: Luma | null = null;
    clean.decode(annexB([...picture.sets, ...picture.slices]), (luma) => {
      truth = luma;
    });
    for (const set of picture.sets) healer.takeParameterSet(set);
    const arrived = received[index];
    if (arrived === undefined) throw new Error('a picture without fate');
    const units = arrived.slices.length === 0 ? [] : healer.heal(arrived);
    for (const unit of units) {
      healing.decode(unit.data, (luma) => {
        onScreenHealed = luma;
      });
    }
    const nals = arrived.slices.map((slice) => slice.nal);
    if (nals.length > 0) {
      concealing.decode(annexB([...picture.sets, ...nals]), (luma) => {
        onScreenConcealed = luma;
      });
    }
    if (truth === null) throw new Error('the clean stream has a picture for each unit');
    healed.push(squaredError(truth, onScreenHealed));
    concealed.push(squaredError(truth, onScreenConcealed));
  }
  return { healed, concealed, counts: healer.counts };
}

function annexB(nals: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(nals.flatMap((nal) => [START, nal]));
}

/** A black screen counts as grey. */
function squaredError(truth: Luma, shown: Luma | null): number {
  let sum = 0;
  const { samples } = truth;
  for (let i = 0; i < samples.length; i++) {
    const difference = (samples[i] ?? 0) - (shown?.samples[i] ?? 128);
    sum += difference * difference;
  }
  return sum / samples.length;
}

function decibels(meanSquaredError: number): number {
  return Math.min(BEST_DB, 10 * Math.log10(255 ** 2 / Math.max(meanSquaredError, 1e-9)));
}

/** dB of the mean error, mean of the dB, median, worst twentieth. */
function summary(errors: Errors): string {
  const each = errors.map(decibels).sort((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const at = (share: number) => each[Math.floor(each.length * share)] ?? Number.NaN;
  return [decibels(mean(errors)), mean(each), at(0.5), at(0.05)]
    .map((db) => db.toFixed(1))
    .join(' ');
}

const [onlyShare, onlySeed, onlyContent] = process.argv.slice(2);
const shares = onlyShare === undefined ? SHARES : [Number(onlyShare)];
const seeds = onlySeed === undefined ? SEEDS : onlySeed.split(',').map(Number);
console.log('dB: of the mean error, mean, median, worst twentieth');
const chosen: [string, () => Promise<Uint8Array[]>][] =
  onlyContent === undefined
    ? Object.entries(contents)
    : onlyContent
        .split(',')
        .map((name) => [name, contents[name] ?? (async () => splitNals(readFileSync(name)))]);
for (const [name, make] of chosen) {
  const pictures = toPictures(await make());
  for (const share of shares) {
    const all = { healed: [] as Errors, concealed: [] as Errors };
    for (const seed of seeds) {
      const received = receive(pictures, losing(share, seededRandom(seed)));
      const { healed, concealed } = await compare(pictures, received);
      all.healed.push(...healed);
      all.concealed.push(...concealed);
    }
    console.log(
      `${name.padEnd(18)} ${(share * 100).toFixed(0)} %  FFmpeg ${summary(all.concealed)}  healed ${summary(all.healed)}`,
    );
  }
}
