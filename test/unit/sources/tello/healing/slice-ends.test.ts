import { describe, expect, it } from 'vitest';
import {
  lengthWithStop,
  payloadOf,
} from '../../../../../electron/sources/tello/video/healing/rbsp.ts';
import {
  type ParsedHeader,
  readSliceHeader,
} from '../../../../../electron/sources/tello/video/healing/slice-headers.ts';
import { SliceParser } from '../../../../../electron/sources/tello/video/healing/slice-parser.ts';
import {
  endedData,
  SliceWriter,
} from '../../../../../electron/sources/tello/video/healing/slice-writer.ts';
import {
  readPicture,
  readSequence,
} from '../../../../../electron/sources/tello/video/healing/stream-parameters.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { encodeNals } from './encode-stream.ts';
import { nalType } from './lossy-link.ts';
import { panned, snow } from './scenes.ts';
import { type Luma, StreamDecoder } from './stream-decoder.ts';

const WIDTH = 128;
const HEIGHT = 96;
const MACROBLOCKS = (WIDTH / 16) * (HEIGHT / 16);
const START = Uint8Array.of(0, 0, 0, 1);

async function smallStream(options: { scene: typeof panned; x264: string[] }) {
  const nals = await encodeNals({ width: WIDTH, height: HEIGHT, pictures: 4, ...options });
  const sets = nals.filter((nal) => nalType(nal) === 7 || nalType(nal) === 8).slice(0, 2);
  const slices = nals.filter((nal) => nalType(nal) === 1 || nalType(nal) === 5);
  const sequence = readSequence(sets[0] ?? START);
  const picture = readPicture(sets[1] ?? START);
  if (sequence === null || picture === null) throw new Error('no parameter sets');
  const parser = new SliceParser(sequence);
  const read = (nal: Uint8Array) => {
    const { bytes } = payloadOf(nal);
    const parsed = readSliceHeader(nal[0] ?? 0, bytes, sequence, picture);
    if (typeof parsed === 'string') throw new Error(parsed);
    const dataAt = (parsed.endsAt + 7) >> 3;
    const outcome = parser.parse(bytes, dataAt, lengthWithStop(bytes), parsed.header, picture);
    return { bytes, parsed, dataAt, outcome };
  };
  return { sets, slices, sequence, picture, parser, read };
}

function annexB(nals: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(nals.flatMap((nal) => [START, nal]));
}

async function lastPicture(units: readonly Uint8Array[]): Promise<Luma> {
  using decoder = await StreamDecoder.open(true);
  const shown: Luma[] = [];
  for (const unit of units) decoder.decode(unit, (luma) => shown.push(luma));
  expect({ shown: shown.length, refused: decoder.refused, damaged: decoder.damaged }).toEqual({
    shown: units.length,
    refused: 0,
    damaged: 0,
  });
  const last = shown.at(-1);
  if (last === undefined) throw new Error('no picture');
  return last;
}

/** The samples of the first macroblocks, one after the other. */
function samplesOf({ samples }: Luma, from: number, to: number, shiftX = 0): number[] {
  const found: number[] = [];
  for (let mb = from; mb < to; mb++) {
    const x = (mb % (WIDTH / 16)) * 16;
    const y = Math.floor(mb / (WIDTH / 16)) * 16;
    for (let i = 0; i < 256; i++) {
      const column = Math.max(0, Math.min(WIDTH - 1, x + (i % 16) + shiftX));
      found.push(samples[(y + (i >> 4)) * WIDTH + column] ?? -1);
    }
  }
  return found;
}

describe.each([
  { name: 'an I slice', at: 0, scene: panned, x264: ['no-deblock=1', 'qp=26'] },
  { name: 'a P slice', at: 3, scene: panned, x264: ['no-deblock=1', 'qp=24'] },
  { name: 'a P slice with I_PCM', at: 3, scene: snow, x264: ['no-deblock=1', 'qp=1'] },
])('ending $name', ({ at, scene, x264 }) => {
  it('behind any macroblock leaves those before it as they were', async () => {
    const { sets, slices, sequence, picture, parser, read } = await smallStream({ scene, x264 });
    const before = slices.slice(0, at).map((nal) => annexB([nal]));
    const slice = slices[at] ?? START;
    const prefix = annexB(sets);
    const withSets = (units: Uint8Array[]) =>
      units.map((unit, index) => (index === 0 ? Buffer.concat([prefix, unit]) : unit));
    const truth = await lastPicture(withSets([...before, annexB([slice])]));
    const writer = new SliceWriter(sequence, picture);
    for (let kept = 1; kept < MACROBLOCKS; kept += kept < 6 ? 1 : 5) {
      const { bytes, parsed, dataAt } = read(slice);
      const ending = {
        taken: parser.records.taken[kept - 1] ?? 0,
        range: parser.records.range[kept - 1] ?? 0,
        offset: parser.records.offset[kept - 1] ?? 0,
      };
      const cut = writer.slice(parsed.header, endedData(bytes, dataAt, ending));
      const again = read(cut.subarray(4)).outcome;
      expect(again).toMatchObject({ firstMb: 0, endMb: kept, failure: null });

      const rest = parsed.header.idr
        ? writer.flat(parsed.header, kept, MACROBLOCKS)
        : writer.copied(parsed.header, kept, MACROBLOCKS, null);
      expect(read(rest.subarray(4)).outcome).toMatchObject({ endMb: MACROBLOCKS, failure: null });
      const shown = await lastPicture(withSets([...before, Buffer.concat([cut, rest])]));
      expect(samplesOf(shown, 0, kept)).toEqual(samplesOf(truth, 0, kept));
    }
  });
});

describe('made-up slices', () => {
  const stream = () => smallStream({ scene: panned, x264: ['no-deblock=1', 'qp=26'] });
  const header = (parsed: ParsedHeader) => ({ ...parsed.header, frameNum: 1 });

  it('repeat the picture before', async () => {
    const { sets, slices, sequence, picture, read } = await stream();
    const idr = annexB([...sets, slices[0] ?? START]);
    const { parsed } = read(slices[1] ?? START);
    const repeat = new SliceWriter(sequence, picture).copied(header(parsed), 0, MACROBLOCKS, null);
    expect((await lastPicture([idr, repeat])).samples).toEqual((await lastPicture([idr])).samples);
  });

  it('move it where it should go', async () => {
    const { sets, slices, sequence, picture, read } = await stream();
    const idr = annexB([...sets, slices[0] ?? START]);
    const { parsed } = read(slices[1] ?? START);
    const x = new Int16Array(MACROBLOCKS).fill(4 * 5);
    const y = new Int16Array(MACROBLOCKS);
    const writer = new SliceWriter(sequence, picture);
    const moved = writer.copied(header(parsed), 0, MACROBLOCKS, { x, y });
    const before = await lastPicture([idr]);
    const after = await lastPicture([idr, moved]);
    expect(samplesOf(after, 0, MACROBLOCKS)).toEqual(samplesOf(before, 0, MACROBLOCKS, 5));
  });

  it('carry any vectors, as the parser reads them back', async () => {
    const { sequence, picture, slices, read, parser } = await stream();
    const writer = new SliceWriter(sequence, picture);
    const { parsed } = read(slices[1] ?? START);
    for (let seed = 0; seed < 100; seed++) {
      const random = seededRandom(seed);
      const reach = 1 + 400 * random();
      const vector = () => Math.round((random() - 0.5) * 2 * reach * (random() < 0.4 ? 0 : 1));
      const x = Int16Array.from({ length: MACROBLOCKS }, vector);
      const y = Int16Array.from({ length: MACROBLOCKS }, vector);
      const first = Math.floor(random() * (MACROBLOCKS - 1));
      const nal = writer.copied(header(parsed), first, MACROBLOCKS, { x, y });
      expect(read(nal.subarray(4)).outcome).toMatchObject({
        firstMb: first,
        endMb: MACROBLOCKS,
        failure: null,
      });
      expect(parser.records.x.subarray(first)).toEqual(x.subarray(first));
      expect(parser.records.y.subarray(first)).toEqual(y.subarray(first));
    }
  });
});
