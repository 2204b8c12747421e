import { describe, expect, it } from 'vitest';
import { Healer } from '../../../../../electron/sources/tello/video/healing/healer.ts';
import { PictureNumbers } from '../../../../../electron/sources/tello/video/healing/picture-numbers.ts';
import { readSequence } from '../../../../../electron/sources/tello/video/healing/stream-parameters.ts';
import type {
  HealedUnit,
  ReceivedUnit,
} from '../../../../../electron/sources/tello/video/healing/units.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { encodeNals, POC_TYPE_0, type StreamOptions } from './encode-stream.ts';
import { losing, receive, type SentPicture, send, splitNals, toPictures } from './lossy-link.ts';
import { Rereader } from './reread.ts';
import { panned, zoomed } from './scenes.ts';
import { StreamDecoder } from './stream-decoder.ts';

const START = Uint8Array.of(0, 0, 0, 1);
const SMALL = { width: 208, height: 160, pictures: 20, scene: panned, bitrateBps: 900_000 };
/** Small datagrams, so that even these units have several. */
const DATAGRAM_BYTES = 300;

async function picturesOf(options: Partial<StreamOptions> = {}): Promise<SentPicture[]> {
  return toPictures(await encodeNals({ ...SMALL, ...options }));
}

/** Each datagram arrives, but for those of picture `picture` that `loses` names. */
function receiveBut(
  pictures: readonly SentPicture[],
  lost: Record<number, (datagram: number) => boolean>,
): ReceivedUnit[] {
  let missingBefore = 0;
  return pictures.map((picture, index) => {
    let datagram = 0;
    const link = {
      ...losing(0, seededRandom(1), DATAGRAM_BYTES),
      fate: () => (lost[index]?.(datagram++) ? ('lost' as const) : ('arrive' as const)),
    };
    const [unit] = receive([picture], link);
    const slices = unit?.slices ?? [];
    const received = { slices, suspicious: false, missingBefore, atUs: index * 33_333 };
    missingBefore = slices.length === 0 ? missingBefore + 1 : 0;
    return received;
  });
}

function heal(
  pictures: readonly SentPicture[],
  received: readonly ReceivedUnit[],
  healer = new Healer(),
): HealedUnit[] {
  return pictures.flatMap((picture, index) => {
    for (const set of picture.sets) healer.takeParameterSet(set);
    const unit = received[index];
    return unit === undefined || unit.slices.length === 0 ? [] : healer.heal(unit);
  });
}

async function decodeAll(units: readonly HealedUnit[]) {
  using decoder = await StreamDecoder.open(true);
  let shown = 0;
  for (const unit of units) shown += decoder.decode(unit.data);
  shown += decoder.decode(null);
  return { shown, refused: decoder.refused, damaged: decoder.damaged };
}

const clean = (shown: number) => ({ shown, refused: 0, damaged: 0 });
const annexB = (nals: readonly Uint8Array[]) => Buffer.concat(nals.flatMap((nal) => [START, nal]));
const first = (datagram: number) => datagram === 0;
const middle = (datagram: number) => datagram === 2;
const states = (units: readonly HealedUnit[]) => units.map((unit) => unit.state);

describe('a stream without loss', () => {
  it.each([
    { name: 'POC type 2', options: {} },
    { name: 'POC type 0', options: { x264: POC_TYPE_0 } },
    { name: 'CAVLC', options: { profile: 'baseline' as const } },
    { name: '8x8 transform', options: { profile: 'high' as const } },
    { name: 'weighted prediction', options: { x264: ['weightp=2', 'ref=2'] } },
    { name: 'four slices', options: { x264: ['slices=4'] } },
    { name: 'constrained intra prediction', options: { x264: ['constrained-intra=1'] } },
  ])('comes out byte for byte: $name', async ({ options }) => {
    const pictures = await picturesOf(options);
    const healer = new Healer();
    healer.noticeLoss(0);
    const units = heal(pictures, receiveBut(pictures, {}), healer);
    expect(units.map(({ data }) => Buffer.from(data))).toEqual(
      pictures.map(({ sets, slices }) => annexB([...sets, ...slices])),
    );
    expect(healer.counts).toMatchObject({ healed: 0, renumbered: 0, unreadable: 0, waiting: 0 });
  });

  it('has POC type 0 where that is tested', async () => {
    const [picture] = await picturesOf({ pictures: 1, x264: POC_TYPE_0 });
    expect(readSequence(picture?.sets[0] ?? START)?.pocType).toBe(0);
  });

  it('is read in full at first, and later only where damage could not be seen otherwise', async () => {
    const pictures = await picturesOf({ pictures: 40 });
    const received = receiveBut(pictures, {});
    const healer = new Healer();
    const read = (units: readonly HealedUnit[]) =>
      states(units).filter((state) => state === 'whole').length;
    expect(read(heal(pictures, received, healer))).toBe(40);
    const later = received.map((unit) => ({ ...unit, atUs: unit.atUs + 20_000_000 }));
    // Two keyframes, and units that happen to fill their last datagram.
    const readLater = read(heal(pictures, later, healer));
    expect(readLater).toBeGreaterThanOrEqual(2);
    expect(readLater).toBeLessThan(6);
  });
});

describe('a lossy stream', () => {
  it('goes on counting when the first datagram of a keyframe is lost', async () => {
    const pictures = await picturesOf({ pictures: 40 });
    const healer = new Healer();
    const units = heal(pictures, receiveBut(pictures, { 30: first }), healer);
    const rereader = new Rereader();
    expect(units.map((unit) => rereader.complaint(unit.data)).filter(Boolean)).toEqual([]);
    expect(units.filter((unit) => unit.state !== 'filled')).toHaveLength(39);
    expect(healer.counts.renumbered).toBe(9);
    expect(await decodeAll(units)).toEqual(clean(units.length));
  });

  it('heals a P unit that lost its middle, also in a clean time once there was a sign', async () => {
    const pictures = await picturesOf();
    const healer = new Healer();
    healer.noticeLoss(0);
    const units = heal(pictures, receiveBut(pictures, { 9: middle }), healer);
    expect(states(units)[9]).toBe('healed');
    expect(healer.counts).toMatchObject({ healed: 1, whole: 19, demotedKeyframes: 0 });
    expect(healer.counts.madeUpMacroblocks).toBeGreaterThan(0);
    expect(await decodeAll(units)).toEqual(clean(20));
  });

  it('sees a lost last datagram without any other sign, and keeps all that came', async () => {
    const pictures = await picturesOf();
    const size = pictures[9]?.slices[0]?.length ?? 0;
    const last = Math.floor((size + 3) / DATAGRAM_BYTES);
    const healer = new Healer();
    const units = heal(
      pictures,
      receiveBut(pictures, { 9: (datagram) => datagram === last }),
      healer,
    );
    expect(states(units)[9]).toBe('healed');
    expect(healer.counts.madeUpMacroblocks).toBeLessThan(130 / 2);
    expect(healer.watching(9 * 33_333 + 9_999_999)).toBe(true);
    expect(healer.watching(9 * 33_333 + 10_000_000)).toBe(false);
    expect(await decodeAll(units)).toEqual(clean(20));
  });

  it('makes a damaged keyframe part of its group', async () => {
    const pictures = await picturesOf({ pictures: 40 });
    const healer = new Healer();
    const units = heal(pictures, receiveBut(pictures, { 30: middle }), healer);
    expect(units.map((unit) => unit.keyframe)).toEqual(units.map((_, index) => index === 0));
    expect(healer.counts).toMatchObject({ healed: 1, demotedKeyframes: 1, flatKeyframes: 0 });
    expect(await decodeAll(units)).toEqual(clean(40));
  });

  it('shows what there is of a damaged first keyframe', async () => {
    const pictures = await picturesOf();
    const healer = new Healer();
    const units = heal(pictures, receiveBut(pictures, { 0: middle }), healer);
    expect(units[0]).toMatchObject({ keyframe: true, state: 'healed' });
    expect(healer.counts.flatKeyframes).toBe(1);
    expect(await decodeAll(units)).toEqual(clean(20));
  });

  it('goes on for ever after one keyframe', async () => {
    const pictures = await picturesOf({
      pictures: 600,
      width: 96,
      height: 96,
      x264: ['keyint=600'],
    });
    const units = send(pictures, losing(0.1, seededRandom(5), DATAGRAM_BYTES), new Healer());
    expect(units.length).toBeGreaterThan(520);
    expect(units.filter((unit) => unit.keyframe)).toHaveLength(1);
    expect((await decodeAll(units)).shown).toBe(units.length);
  });

  it('puts a lost slice of several back as a copy', async () => {
    const pictures = await picturesOf({ x264: ['slices=4'] });
    const received = receiveBut(pictures, {});
    const unit = received[9];
    if (unit === undefined) throw new Error('no unit');
    for (const lost of [0, 1, 3]) {
      const healer = new Healer();
      healer.noticeLoss(0);
      const slices = unit.slices.filter((_, index) => index !== lost);
      const units = heal(
        pictures,
        received.map((other, index) => (index === 9 ? { ...unit, slices } : other)),
        healer,
      );
      expect(splitNals(units[9]?.data ?? START)).toHaveLength(4);
      expect(healer.counts).toMatchObject({ healed: 1, whole: 19 });
      expect(await decodeAll(units)).toEqual(clean(20));
    }
  });

  it.each([
    { name: 'POC type 0', options: { x264: POC_TYPE_0 } },
    { name: 'weights', options: { x264: ['weightp=2', 'ref=1'], scene: zoomed } },
    { name: 'constrained intra prediction', options: { x264: ['constrained-intra=1'] } },
  ])('stays decodable: $name', async ({ options }) => {
    const pictures = await picturesOf({ pictures: 60, ...options });
    for (let seed = 0; seed < 5; seed++) {
      const healer = new Healer();
      healer.noticeLoss(0);
      const units = send(pictures, losing(0.05, seededRandom(seed), DATAGRAM_BYTES), healer);
      expect(healer.counts.healed).toBeGreaterThan(5);
      expect(await decodeAll(units)).toEqual(clean(units.length));
    }
  });

  it('only numbers anew what it cannot read', async () => {
    const pictures = await picturesOf({ profile: 'baseline' });
    const healer = new Healer();
    const units = heal(pictures, receiveBut(pictures, { 5: first }), healer);
    expect(states(units)).toEqual(Array.from({ length: 19 }, () => 'passed'));
    expect(healer.counts).toMatchObject({ foreign: 19, renumbered: 14, healed: 0 });
    expect(await decodeAll(units)).toEqual(clean(19));
  });
});

describe('a stream with B pictures', () => {
  it('goes through as it comes, once it is known for one', async () => {
    const pictures = await picturesOf({ pictures: 30, x264: ['bframes=2', 'b-adapt=0'] });
    const healer = new Healer();
    const units = heal(pictures, receiveBut(pictures, {}), healer);
    expect(units.slice(-20).map(({ data }) => Buffer.from(data))).toEqual(
      pictures.slice(-20).map(({ sets, slices }) => annexB([...sets, ...slices])),
    );
    expect(healer.counts.foreign).toBeGreaterThan(20);
  });
});

describe('beginnings', () => {
  it('gives nothing before parameter sets and a keyframe', async () => {
    const pictures = await picturesOf({ pictures: 40 });
    const healer = new Healer();
    const late = pictures.slice(4);
    const units = heal(late, receiveBut(late, {}), healer);
    expect(units).toHaveLength(10);
    expect(units[0]?.keyframe).toBe(true);
    expect(healer.counts.waiting).toBe(26);
  });

  it('waits for a keyframe again after a reset', async () => {
    const pictures = await picturesOf({ pictures: 40 });
    const healer = new Healer();
    const early = pictures.slice(0, 10);
    expect(heal(early, receiveBut(early, {}), healer)).toHaveLength(10);
    healer.reset();
    const late = pictures.slice(10);
    expect(heal(late, receiveBut(late, {}), healer)).toHaveLength(10);
  });

  it('begins anew with other parameter sets', async () => {
    const small = await picturesOf();
    const large = await picturesOf({ width: 320, height: 240 });
    const pictures = [...small, ...large, ...small];
    const units = heal(pictures, receiveBut(pictures, {}));
    expect(await decodeAll(units)).toEqual(clean(60));
  });

  it('takes any bytes for what they are', () => {
    const random = seededRandom(3);
    const healer = new Healer();
    healer.takeParameterSet(Buffer.from('674d402895a03c05b9', 'hex'));
    healer.takeParameterSet(Buffer.from('68ee3880', 'hex'));
    for (let i = 0; i < 2_000; i++) {
      const nal = Uint8Array.from({ length: 1 + random() * 400 }, () => random() * 256);
      nal[0] = [0x65, 0x41, 0x67, 0x68, 0xff][i % 5] ?? 0;
      healer.takeParameterSet(nal.slice(0, 1 + random() * 20));
      const slices = [{ nal, borders: [nal.length >> 1], ended: random() < 0.5 }];
      healer.heal({ slices, suspicious: true, missingBefore: i % 3, atUs: i });
    }
    expect(healer.heal({ slices: [], suspicious: false, missingBefore: 0, atUs: 0 })).toEqual([]);
  });
});

describe('the last slice of a picture', () => {
  it('is told from the others, where it is whole', async () => {
    const pictures = await picturesOf({ x264: ['slices=4'] });
    const healer = new Healer();
    expect(healer.endsPicture(pictures[0]?.slices[0] ?? Uint8Array.of())).toBeNull();
    for (const set of pictures[0]?.sets ?? []) healer.takeParameterSet(set);
    for (const { slices } of pictures.slice(0, 3)) {
      const ends = slices.map((nal) => healer.endsPicture(nal));
      expect(ends).toEqual([false, false, false, true]);
      expect(healer.endsPicture(slices[3]?.subarray(0, -40) ?? Uint8Array.of())).toBeNull();
    }
  });
});

describe('picture numbers', () => {
  const sequence = readSequence(Buffer.from('674d402895a03c05b9', 'hex'));
  if (sequence === null) throw new Error('no sequence');

  it('wrap, and skip pictures nothing refers to', () => {
    const numbers = new PictureNumbers({ ...sequence, log2MaxFrameNum: 4 });
    numbers.next(true, true, 0);
    const counted = Array.from({ length: 40 }, () => numbers.next(false, true, 0).frameNum);
    expect(counted).toEqual(counted.map((_, index) => (index + 1) % 16));
    expect(numbers.next(false, false, 0).frameNum).toBe(41 % 16);
    expect(numbers.next(false, true, 0).frameNum).toBe(41 % 16);
    expect(numbers.next(true, true, 0).frameNum).toBe(0);
  });

  it('let the POC go on where a keyframe was lost', () => {
    const numbers = new PictureNumbers({ ...sequence, pocType: 0, log2MaxPocLsb: 4 });
    const pocs = [numbers.next(true, true, 0).pocLsb];
    for (const lsb of [2, 4, 8, 10, 12, 14, 0, 2]) pocs.push(numbers.next(false, true, lsb).pocLsb);
    expect(pocs).toEqual([0, 2, 4, 8, 10, 12, 14, 0, 2]);
    // An IDR with 0 is lost, its followers begin again at 2.
    expect([2, 4, 6].map((lsb) => numbers.next(false, true, lsb).pocLsb)).toEqual([4, 6, 8]);
  });
});
