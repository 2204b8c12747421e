import { describe, expect, it } from 'vitest';
import { AccessUnitAssembler } from '../../../../../electron/sources/tello/video/access-units.ts';
import { MAX_NAL_BYTES } from '../../../../../electron/sources/tello/video/datagram-bursts.ts';
import type { StreamFormat } from '../../../../../shared/frames.ts';
import {
  concat,
  TELLO_PPS,
  TELLO_SPS,
  toDatagrams,
  writeGroup,
  writeSlice,
  writeSps,
} from '../../../../support/h264-writer.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

const START = Uint8Array.of(0, 0, 0, 1);
const FRAME_US = 33_333;

type Unit = { format: StreamFormat; keyframe: boolean; capturedAtUs: number; data: Uint8Array };

/** An assembler, its clock (one frame a NAL unit) and everything it gave out, as Annex B. */
function setUp(endsPicture: (nal: Uint8Array) => boolean | null = () => true) {
  const units: Unit[] = [];
  const sets = new Map<number, Uint8Array>();
  let dropped = 0;
  const assembler = new AccessUnitAssembler({
    parameterSet: (nal) => sets.set((nal[0] ?? 0) & 0x1f, nal),
    picture: ({ slices, keyframe, format, atUs }) => {
      const nals = slices.map(({ nal }) => nal);
      const prefix = keyframe ? [sets.get(7) ?? START, sets.get(8) ?? START] : [];
      const data = concat(...[...prefix, ...nals].flatMap((nal) => [START, nal]));
      units.push({ format, keyframe, capturedAtUs: atUs, data });
    },
    dropped: (count) => {
      dropped += count;
    },
    endsPicture,
  });
  let nowUs = 1_000_000;
  return {
    units,
    assembler,
    dropped: () => dropped,
    now: () => nowUs,
    feed(...nals: Uint8Array[][]) {
      for (const datagrams of nals) {
        for (const datagram of datagrams) {
          nowUs += 100;
          // A copy, as from a socket: the assembler takes it over.
          assembler.push(datagram.slice(), nowUs);
        }
        nowUs += FRAME_US;
      }
    },
  };
}

const bytesOf = (datagrams: Uint8Array[]) => concat(...datagrams);
/** Group of pictures as plain units: the keyframe with its parameter sets, then the rest. */
const unitsOf = (group: Uint8Array[][]) => [
  bytesOf(group.slice(0, 3).flat()),
  ...group.slice(3).map(bytesOf),
];

describe('access units, an undamaged stream', () => {
  it('gives the keyframe with its parameter sets, then every unit, byte for byte', () => {
    const { units, feed, dropped } = setUp();
    const random = seededRandom(1);
    const groups = [writeGroup(random), writeGroup(random)];
    for (const group of groups) feed(...group);
    expect(units.map((unit) => unit.data)).toEqual(groups.flatMap(unitsOf));
    expect(units.map((unit) => unit.keyframe)).toEqual(
      Array.from({ length: 60 }, (_, i) => i % 30 === 0),
    );
    expect(units[0]?.format).toEqual({
      codec: 'h264',
      codecString: 'avc1.4D4028',
      width: 960,
      height: 720,
    });
    expect(units[59]?.format).toBe(units[0]?.format);
    expect(dropped()).toBe(0);
  });

  it('gives a unit with its last datagram, not with the next one', () => {
    const { units, feed, now, assembler } = setUp();
    const [sps, pps, idr] = writeGroup(seededRandom(2), { frames: 1 });
    if (!sps || !pps || !idr) throw new Error('no group');
    feed(sps, pps, idr.slice(0, -1));
    expect(units).toHaveLength(0);
    assembler.push(idr.at(-1) ?? START, now() + 5);
    expect(units).toHaveLength(1);
    expect(units[0]?.capturedAtUs).toBe(now() + 5);
  });

  it.each([1, 2, 7])('closes a unit of exactly %i datagrams with the next start code', (count) => {
    const { units, feed } = setUp();
    const random = seededRandom(3);
    const group = writeGroup(random, { frames: 4, pBytes: () => count * 1_460 - 4 });
    expect(group[3]).toHaveLength(count);
    feed(...group);
    expect(units).toHaveLength(3);
    feed(...writeGroup(random, { frames: 1 }));
    expect(units.slice(0, 4).map((unit) => unit.data)).toEqual(unitsOf(group));
    const [third, fourth] = units.slice(2);
    expect((fourth?.capturedAtUs ?? 0) - (third?.capturedAtUs ?? 0)).toBeLessThan(2 * FRAME_US);
  });

  it('closes an exact multiple after quiet, and not before', () => {
    const { units, feed, assembler, now } = setUp();
    feed(...writeGroup(seededRandom(4), { frames: 2, pBytes: () => 2_916 }));
    expect(units).toHaveLength(1);
    expect(assembler.open).toBe(true);
    const lastAtUs = now() - FRAME_US;
    assembler.closeIfQuiet(lastAtUs + 19_000);
    expect(units).toHaveLength(1);
    assembler.closeIfQuiet(lastAtUs + 20_000);
    expect(units).toHaveLength(2);
    expect(assembler.open).toBe(false);
  });

  it('closes an exact multiple of a parameter set or keyframe as well', () => {
    const { units, feed } = setUp();
    const group = writeGroup(seededRandom(5), { frames: 3, idrBytes: 10 * 1_460 - 4 });
    feed(...group);
    expect(units.map((unit) => unit.data)).toEqual(unitsOf(group));
  });

  it('makes short start codes long, and leaves delimiters, SEI and trailing zeros out', () => {
    const { units, feed } = setUp();
    const short = Uint8Array.of(0, 0, 1);
    const random = seededRandom(6);
    const idr = writeSlice('idr', 0, 3_000, random);
    const p = writeSlice('p', 1, 500, random);
    feed(
      toDatagrams(Uint8Array.of(9, 0xf0)),
      toDatagrams(TELLO_SPS, short),
      toDatagrams(TELLO_PPS, short),
      toDatagrams(Uint8Array.of(6, 5, 1, 0xaa, 0x80)),
      toDatagrams(concat(idr, new Uint8Array(3)), short),
      toDatagrams(p, short),
    );
    expect(units.map((unit) => unit.data)).toEqual([
      concat(START, TELLO_SPS, START, TELLO_PPS, START, idr),
      concat(START, p),
    ]);
  });

  it('takes apart what a sender packed together, start codes across datagrams included', () => {
    const random = seededRandom(7);
    const idr = writeSlice('idr', 0, 2_903, random);
    const p = writeSlice('p', 1, 3_000, random);
    const packed = concat(TELLO_SPS, START, TELLO_PPS, START, idr, START.slice(1), p);
    for (let padding = 0; padding < 8; padding++) {
      const { units, feed } = setUp();
      const sei = concat(Uint8Array.of(6), new Uint8Array(20 + padding).fill(7));
      feed(toDatagrams(concat(sei, START, packed)));
      expect(units.map((unit) => unit.data)).toEqual([
        concat(START, TELLO_SPS, START, TELLO_PPS, START, idr),
        concat(START, p),
      ]);
    }
  });

  it('follows a change of resolution, with a format of its own', () => {
    const { units, feed, dropped } = setUp();
    const random = seededRandom(8);
    feed(...writeGroup(random), ...writeGroup(random, { sps: writeSps(640, 480) }));
    expect(units).toHaveLength(60);
    expect(units[29]?.format).toMatchObject({ width: 960, height: 720 });
    expect(units[30]?.format).toMatchObject({ width: 640, height: 480 });
    expect(units[59]?.format).toBe(units[30]?.format);
    expect(dropped()).toBe(0);
  });
});

describe('access units, starting anywhere', () => {
  it('gives nothing before SPS, PPS and a keyframe, and calls none of it lost', () => {
    const { units, feed, dropped, assembler } = setUp();
    const random = seededRandom(9);
    const group = writeGroup(random);
    feed(...group.slice(10));
    expect(units).toHaveLength(0);
    expect(assembler.counts.waiting).toBe(22);
    feed(...group);
    expect(units.map((unit) => unit.data)).toEqual(unitsOf(group));
    expect(dropped()).toBe(0);
  });

  it('gives nothing for P slices alone, a keyframe without sets, or sets alone', () => {
    const { units, feed, dropped } = setUp();
    const [sps, pps, idr, ...rest] = writeGroup(seededRandom(10));
    if (!sps || !pps || !idr) throw new Error('no group');
    for (let i = 0; i < 10; i++) feed(...rest);
    feed(idr, ...rest, sps, idr, ...rest, pps, ...rest);
    expect(units).toHaveLength(0);
    expect(dropped()).toBe(0);
    feed(idr);
    expect(units).toHaveLength(1);
  });

  it('waits for a keyframe after a silence', () => {
    const { units, feed, assembler } = setUp();
    const group = writeGroup(seededRandom(11));
    feed(...group.slice(0, 10));
    assembler.waitForKeyframe();
    feed(...group.slice(10));
    expect(units).toHaveLength(8);
    feed(...group);
    expect(units).toHaveLength(38);
  });
});

describe('access units, a damaged stream', () => {
  it('counts units that are missing, whole ones and a keyframe, and gives the others', () => {
    const { units, feed, dropped, assembler } = setUp();
    const group = writeGroup(seededRandom(12));
    feed(...group, ...group.map((nal, i) => (i === 10 || i === 11 ? [] : nal)));
    expect(units).toHaveLength(58);
    expect(dropped()).toBe(2);
    feed(...group.map((nal, i) => (i === 2 ? [] : nal)));
    expect(assembler.counts.missing).toBe(3);
    expect(units.at(-29)?.keyframe).toBe(false);
  });

  it('counts a unit without its beginning once, however the gap shows', () => {
    const { units, feed, dropped, assembler } = setUp();
    const group = writeGroup(seededRandom(13), { pBytes: () => 5_000 });
    feed(...group.map((datagrams, i) => (i === 12 ? datagrams.slice(1) : datagrams)));
    expect(units).toHaveLength(29);
    expect(assembler.counts.headless).toBe(1);
    expect(dropped()).toBe(1);
  });

  it('gives a unit that lost its end, and the next one whole', () => {
    const { units, feed } = setUp();
    const group = writeGroup(seededRandom(14), { pBytes: () => 5_000 });
    feed(...group.map((datagrams, i) => (i === 12 ? datagrams.slice(0, -1) : datagrams)));
    expect(units).toHaveLength(30);
    expect(units[10]?.data).toHaveLength(3 * 1_460);
    expect(units[11]?.data).toEqual(unitsOf(group)[11]);
  });

  it('counts two units that merged', () => {
    const { units, feed, dropped } = setUp();
    const group = writeGroup(seededRandom(15), { pBytes: () => 5_000 });
    feed(
      ...group.map((datagrams, i) => {
        if (i === 12) return datagrams.slice(0, -1);
        return i === 13 ? datagrams.slice(1) : datagrams;
      }),
    );
    expect(units).toHaveLength(29);
    expect(dropped()).toBe(1);
  });

  it('takes no harm from datagrams that come twice, at once or a little later', () => {
    const { units, feed, dropped, assembler } = setUp();
    const group = writeGroup(seededRandom(16), { pBytes: () => 5_000 });
    const twice = group.map((datagrams) => datagrams.flatMap((datagram) => [datagram, datagram]));
    feed(...twice);
    const later = group.flat().flatMap((datagram, i, all) => [datagram, all[i - 3] ?? datagram]);
    feed(later);
    expect(units.map((unit) => unit.data)).toEqual([...unitsOf(group), ...unitsOf(group)]);
    expect(assembler.counts.duplicates).toBeGreaterThan(100);
    expect(dropped()).toBe(0);
  });

  it('drops a unit that comes after its successor, and counts it once', () => {
    const { units, dropped, assembler, feed } = setUp();
    const group = writeGroup(seededRandom(17), { pBytes: () => 900 });
    const swapped = [...group];
    swapped[12] = [...(group[13] ?? []), ...(group[12] ?? [])];
    swapped[13] = [];
    feed(...swapped);
    expect(units).toHaveLength(29);
    expect(assembler.counts).toMatchObject({ late: 1, missing: 1 });
    expect(dropped()).toBe(1);
  });

  it('survives parameter sets in the wrong order', () => {
    const { units, feed } = setUp();
    const [sps, pps, ...rest] = writeGroup(seededRandom(18));
    if (!sps || !pps) throw new Error('no group');
    feed(pps, sps, ...rest, pps, sps, ...rest);
    expect(units).toHaveLength(60);
  });

  it('goes on with the former parameter sets when new ones are lost', () => {
    const { units, feed, dropped } = setUp();
    const group = writeGroup(seededRandom(19));
    feed(...group, ...group.slice(2));
    expect(units).toHaveLength(60);
    expect(units[30]?.data).toEqual(unitsOf(group)[0]);
    expect(dropped()).toBe(0);
  });

  it('drops after a damaged SPS until a good one comes', () => {
    const { units, feed, dropped } = setUp();
    const random = seededRandom(20);
    const group = writeGroup(random);
    const damaged = TELLO_SPS.slice(0, 6);
    feed(...group, ...writeGroup(random, { sps: damaged }));
    expect(units).toHaveLength(30);
    expect(dropped()).toBe(30);
    feed(...group);
    expect(units).toHaveLength(60);
  });

  it('does not pair a new SPS with the former PPS', () => {
    const { units, feed } = setUp();
    const random = seededRandom(21);
    const [sps, , ...rest] = writeGroup(random, { sps: writeSps(640, 480) });
    feed(...writeGroup(random), ...(sps ? [sps] : []), ...rest);
    expect(units).toHaveLength(30);
  });

  it('believes in frame_num only where it counts', () => {
    const { units, feed, dropped } = setUp();
    const random = seededRandom(22);
    const [sps, pps, idr] = writeGroup(random);
    const stuck = Array.from({ length: 29 }, () => toDatagrams(writeSlice('p', 0, 700, random)));
    feed(...[sps, pps, idr].filter((nal) => nal !== undefined), ...stuck);
    expect(units).toHaveLength(30);
    expect(dropped()).toBe(0);
  });

  it('bounds a unit that never ends, counts it once, and picks up the next', () => {
    const { units, feed, assembler, dropped } = setUp();
    const random = seededRandom(23);
    const group = writeGroup(random);
    feed(...group);
    const endless = toDatagrams(writeSlice('p', 30, 2 * MAX_NAL_BYTES, random));
    let mostBytes = 0;
    for (const datagram of endless) {
      feed([datagram]);
      mostBytes = Math.max(mostBytes, assembler.openBytes);
    }
    expect(mostBytes).toBeLessThanOrEqual(MAX_NAL_BYTES);
    expect(mostBytes).toBeGreaterThan(MAX_NAL_BYTES - 1_460);
    expect(assembler.counts.oversize).toBe(1);
    expect(dropped()).toBe(1);
    feed(...group);
    expect(units).toHaveLength(60);
  });

  it('ignores datagrams no Tello sends', () => {
    const { units, feed, assembler } = setUp();
    const group = writeGroup(seededRandom(24));
    feed([new Uint8Array(0), new Uint8Array(65_508), new Uint8Array(100_000)], ...group);
    expect(units).toHaveLength(30);
    expect(assembler.counts.malformed).toBe(3);
  });
});

describe('access units, of other senders', () => {
  const small = (nal: Uint8Array, datagramBytes: number) => {
    const bytes = concat(START, nal);
    const datagrams: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += datagramBytes)
      datagrams.push(bytes.slice(at, at + datagramBytes));
    return datagrams;
  };
  const groupIn = (datagramBytes: number, seed: number) => {
    const group = writeGroup(seededRandom(seed));
    return { group, sent: group.map((nal) => small(bytesOf(nal).subarray(4), datagramBytes)) };
  };

  it.each([100, 1_024, 1_400, 1_472, 9_000, 65_507])(
    'with datagrams of %d bytes, gives every unit, and from the second group on at once',
    (datagramBytes) => {
      const { units, feed } = setUp();
      const first = groupIn(datagramBytes, 27);
      const second = groupIn(datagramBytes, 28);
      feed(...first.sent, ...second.sent);
      expect(units.map((unit) => unit.data)).toEqual([
        ...unitsOf(first.group),
        ...unitsOf(second.group),
      ]);
    },
  );

  it('learns that a sender changed the size of its datagrams', () => {
    const { units, feed } = setUp();
    feed(...groupIn(1_460, 29).sent);
    units.length = 0;
    feed(...groupIn(1_024, 30).sent);
    units.length = 0;
    const last = groupIn(1_024, 31);
    feed(...last.sent);
    expect(units.map((unit) => unit.data)).toEqual(unitsOf(last.group));
  });

  it('waits longer for the rest of a unit where the link pauses within units', () => {
    const { units, assembler, feed, now } = setUp();
    const [sps, pps, idr, p] = writeGroup(seededRandom(32), { frames: 2, pBytes: () => 9_000 });
    if (!sps || !pps || !idr || !p) throw new Error('no group');
    feed(sps, pps, idr);
    expect(assembler.quietUs).toBe(20_000);
    for (const [index, datagram] of p.entries()) {
      assembler.push(datagram, now() + (index < 3 ? 0 : 40_000));
    }
    expect(units).toHaveLength(2);
    expect(assembler.quietUs).toBe(80_000);
  });

  it('learns of a pause it did not wait for', () => {
    const { assembler, feed, now } = setUp();
    const [sps, pps, idr, p] = writeGroup(seededRandom(33), { frames: 2, pBytes: () => 9_000 });
    if (!sps || !pps || !idr || !p) throw new Error('no group');
    feed(sps, pps, idr);
    for (const datagram of p.slice(0, 3)) assembler.push(datagram, now());
    assembler.closeIfQuiet(now() + 22_000);
    for (const datagram of p.slice(3)) assembler.push(datagram, now() + 30_000);
    expect(assembler.quietUs).toBe(60_000);
  });

  /** Slices of one picture: the first has a 1 bit where the others have an Exp-Golomb number. */
  const sliceAt = (firstMacroblock: number, kind: 'idr' | 'p', frameNum: number, seed: number) =>
    writeSlice(kind, frameNum, 3_000, seededRandom(seed), firstMacroblock);
  const fourSlices = (kind: 'idr' | 'p', frameNum: number) =>
    [0, 675, 1_350, 2_025].map((mb, i) => sliceAt(mb, kind, frameNum, 40 + 4 * frameNum + i));

  it.each([
    ['can be read', true],
    ['cannot be read', false],
  ])('joins the slices of a picture where the ends of slices %s', (_what, readable) => {
    const pictures = [fourSlices('idr', 0), ...[1, 2, 3, 4, 5].map((n) => fourSlices('p', n))];
    const isLast = (nal: Uint8Array) =>
      pictures.some(([, , , last]) => last !== undefined && Buffer.compare(last, nal) === 0);
    const { units, feed } = setUp((nal) => (readable ? isLast(nal) : null));
    feed(toDatagrams(TELLO_SPS), toDatagrams(TELLO_PPS));
    for (const slices of pictures) feed(slices.flatMap((nal) => toDatagrams(nal)));
    const expected = pictures.map((slices) => concat(...slices.flatMap((nal) => [START, nal])));
    const sets = concat(START, TELLO_SPS, START, TELLO_PPS);
    // The last one has come whole, and is known to be by the count of those before it.
    expect(units.map((unit) => unit.data)).toEqual([
      concat(sets, expected[0] ?? START),
      ...expected.slice(1),
    ]);
  });

  it('takes up the count again when a picture has more slices than the ones before', () => {
    const { units, feed } = setUp(() => null);
    feed(toDatagrams(TELLO_SPS), toDatagrams(TELLO_PPS));
    const single = (n: number) => toDatagrams(sliceAt(0, n === 0 ? 'idr' : 'p', n, 90 + n));
    for (let n = 0; n < 8; n++) feed(single(n));
    expect(units.length).toBeGreaterThanOrEqual(7);
    for (let n = 8; n < 16; n++) feed(fourSlices('p', n).flatMap((nal) => toDatagrams(nal)));
    expect(units.at(-1)?.data).toEqual(
      concat(...fourSlices('p', 15).flatMap((nal) => [START, nal])),
    );
  });
});

describe('access units, 100,000 hostile datagrams', () => {
  it('never throws, stays within its memory, and picks up the good stream afterwards', () => {
    const { units, feed, assembler } = setUp();
    const random = seededRandom(25);
    const group = writeGroup(random);
    const good = group.flat();
    for (let i = 0; i < 100_000; i++) {
      feed([hostile(random, good)]);
      expect(assembler.openBytes <= MAX_NAL_BYTES).toBe(true);
    }
    for (const unit of units) {
      expect(unit.data.length).toBeLessThanOrEqual(MAX_NAL_BYTES + 1_000);
      expect(unit.data.subarray(0, 4)).toEqual(START);
    }
    units.length = 0;
    // Whatever was left open, and whatever sets were believed, one group of pictures puts right.
    feed(...group);
    units.length = 0;
    feed(...group);
    expect(units.map((unit) => unit.data)).toEqual(unitsOf(group));
  });

  it.each([0.005, 0.02, 0.05])(
    'at %d loss, gives no unit twice and accounts for the others',
    (loss) => {
      const { units, feed, dropped } = setUp();
      const random = seededRandom(26);
      const groups = 40;
      for (let i = 0; i < groups; i++) {
        const kept = writeGroup(random).map((nal) => nal.filter(() => random() >= loss));
        feed(...kept);
      }
      const total = units.length + dropped();
      expect(units.length).toBeLessThan(groups * 30);
      // Merged neighbours, lost ends of a group and the like cannot all be seen; most can.
      expect(total).toBeGreaterThan(groups * 30 * 0.97);
      expect(total).toBeLessThan(groups * 30 * 1.03);
    },
  );
});

/** Noise, truncated and bent pieces of the true stream, lies about what they are. */
function hostile(random: () => number, good: Uint8Array[]): Uint8Array {
  const pick = Math.floor(random() * 6);
  const noise = Uint8Array.from({ length: Math.floor(random() * 200) }, () => random() * 256);
  const piece = good[Math.floor(random() * good.length)] ?? noise;
  if (pick === 0) return noise;
  if (pick === 1) return piece.slice(0, Math.floor(random() * piece.length));
  if (pick === 2) return piece.slice(Math.floor(random() * piece.length));
  if (pick === 3) return concat(START, Uint8Array.of(random() * 256), noise);
  if (pick === 4) return new Uint8Array(1_460).fill(random() * 256);
  const bent = piece.slice();
  for (let i = 0; i < 3; i++)
    bent[Math.floor(random() * Math.min(bent.length, 20))] = random() * 256;
  return bent;
}
