import { beforeAll, describe, expect, it } from 'vitest';
import { BitReader } from '../../../../electron/simulator/bitstream/bits.ts';
import { Encoder } from '../../../../electron/simulator/bitstream/encoder.ts';
import { nalType, unescapePayload } from '../../../../electron/simulator/bitstream/nal-units.ts';
import { readSps } from '../../../../electron/simulator/bitstream/parameter-sets.ts';
import { TelloShape } from '../../../../electron/simulator/bitstream/tello-shape.ts';
import { lengthenToMultiple } from '../../../../electron/simulator/network/datagrams.ts';
import { tourPainter } from '../../../support/tour-painter.ts';
import { annexB, PictureDecoder } from './decode-pictures.ts';

const WIDTH = 480;
const HEIGHT = 368;
/** More than fit into eight bits of `frame_num` or of an order count. */
const MANY_PICTURES = 300;

describe('streams of other senders', () => {
  let paint: Awaited<ReturnType<typeof tourPainter>>;

  beforeAll(async () => {
    paint = await tourPainter(WIDTH, HEIGHT);
  });

  /** Pictures as libx264 made them, and as they would be sent. */
  async function encode(
    count: number,
    {
      slices = 1,
      keyframeInterval = 30 as number | null,
      orderCount = 2 as 0 | 2,
      vui = false,
    } = {},
  ) {
    const size = { width: WIDTH, height: HEIGHT };
    const rate = { fps: 30, bitrateBps: 1e6 };
    const encoder = await Encoder.open({ ...size, ...rate, slices, keyframeInterval });
    const shape = new TelloShape({ orderCount, vui, fps: 25 });
    const pictures = Array.from({ length: count }, (_, frame) => {
      const code = { frame, timeMs: 1_700_000_000_000 + frame };
      paint(encoder.planes, frame * 33, code);
      const encoded = encoder.encode();
      return { encoded, units: shape.shape(encoded) };
    });
    encoder.dispose();
    return pictures;
  }

  const shapes = (pictures: Awaited<ReturnType<typeof encode>>) =>
    pictures.map(({ units }) => units.map(nalType).join(' '));

  /** Every picture looks as the encoder meant it, pixel by pixel. */
  function expectUndamaged(
    pictures: Awaited<ReturnType<typeof encode>>,
    change: (unit: Uint8Array) => Uint8Array = (unit) => unit,
  ): void {
    using original = new PictureDecoder();
    using shaped = new PictureDecoder();
    for (const { encoded, units } of pictures) {
      const meant = original.decode(encoded);
      const shown = shaped.decode(annexB(units.map(change)));
      expect(meant && shown && Buffer.compare(meant.luma, shown.luma)).toBe(0);
    }
  }

  it('several slices a picture, all with its frame_num', async () => {
    const pictures = await encode(40, { slices: 4 });
    expect(shapes(pictures)).toEqual(
      pictures.map((_, index) => (index % 30 === 0 ? '7 8 5 5 5 5' : '1 1 1 1')),
    );
    for (const [index, { units }] of pictures.entries()) {
      const heads = units.slice(-4).map((unit) => {
        const bits = new BitReader(unescapePayload(unit.subarray(0, 32)), 8);
        const firstMacroblock = bits.expGolomb();
        bits.expGolomb(); // slice_type
        bits.expGolomb(); // pic_parameter_set_id
        return { firstMacroblock, frameNum: bits.unsigned(8) };
      });
      expect(heads.map(({ frameNum }) => frameNum)).toEqual(Array(4).fill(index % 30));
      const firsts = heads.map(({ firstMacroblock }) => firstMacroblock);
      expect(firsts[0]).toBe(0);
      expect(firsts).toEqual([...new Set(firsts)].sort((a, b) => a - b));
    }
    expectUndamaged(pictures);
  });

  it('one IDR, then P pictures only', async () => {
    const pictures = await encode(MANY_PICTURES, { keyframeInterval: null });
    expect(shapes(pictures)).toEqual(pictures.map((_, index) => (index === 0 ? '7 8 5' : '1')));
    expectUndamaged(pictures);
  });

  it('an IDR every third picture', async () => {
    const pictures = await encode(12, { keyframeInterval: 3 });
    expect(shapes(pictures)).toEqual(pictures.map((_, index) => (index % 3 === 0 ? '7 8 5' : '1')));
    expectUndamaged(pictures);
  });

  it.each([[{ orderCount: 0 as const }], [{ vui: true }], [{ orderCount: 0 as const, vui: true }]])(
    '%j in the parameter sets',
    async (wanted) => {
      const pictures = await encode(MANY_PICTURES, { ...wanted, keyframeInterval: null });
      const [sps = new Uint8Array()] = pictures[0]?.units ?? [];
      const { orderCount, vui } = { orderCount: 2, vui: false, ...wanted };
      expect(readSps(sps)).toMatchObject({
        picOrderCntType: orderCount,
        log2MaxPicOrderCntLsb: orderCount === 0 ? 8 : null,
      });
      const [plain = new Uint8Array()] = (await encode(1))[0]?.units ?? [];
      // Twice 32 bits of timing.
      expect(sps.length - plain.length > 8).toBe(vui);
      expectUndamaged(pictures);
    },
  );

  it('slices that fill their last datagram', async () => {
    const pictures = await encode(40);
    expectUndamaged(pictures, (unit) =>
      nalType(unit) > 5 ? unit : lengthenToMultiple(unit, 1_024),
    );
  });
});
