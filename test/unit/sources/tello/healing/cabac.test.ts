import { describe, expect, it } from 'vitest';
import { PayloadWriter } from '../../../../../electron/sources/tello/video/healing/bits.ts';
import { CabacDecoder } from '../../../../../electron/sources/tello/video/healing/cabac-decoder.ts';
import { CabacEncoder } from '../../../../../electron/sources/tello/video/healing/cabac-encoder.ts';
import { initialStates } from '../../../../../electron/sources/tello/video/healing/cabac-tables.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

type Bin = { kind: 'decision' | 'bypass' | 'terminate'; context: number; bin: number };

function randomBins(random: () => number, count: number): Bin[] {
  const likely = random();
  return Array.from({ length: count }, () => {
    const choice = random();
    const kind = choice < 0.7 ? 'decision' : choice < 0.95 ? 'bypass' : 'terminate';
    const bin = kind === 'terminate' || random() > likely ? 0 : 1;
    return { kind, context: Math.floor(random() * 460), bin };
  });
}

function encode(bins: readonly Bin[], states: Uint8Array): { bytes: Uint8Array; bits: number } {
  const writer = new PayloadWriter();
  const encoder = new CabacEncoder(writer, states);
  for (const { kind, context, bin } of bins) {
    if (kind === 'decision') encoder.decision(context, bin);
    else if (kind === 'bypass') encoder.bypass(bin);
    else encoder.terminate(bin);
  }
  encoder.terminate(1);
  return { bytes: writer.bytes(), bits: writer.position };
}

describe('CABAC', () => {
  it('reads what it wrote, and knows to the bit where that ends', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seededRandom(seed);
      const states = initialStates(seed % 4 === 3 ? null : seed % 4, Math.floor(random() * 52));
      const bins = randomBins(random, 1 + Math.floor(random() * 500));
      const { bytes, bits } = encode(bins, states);
      const decoder = new CabacDecoder();
      decoder.states.set(states);
      decoder.start(bytes, 0);
      const read = bins.map(({ kind, context }) => {
        if (kind === 'decision') return decoder.decision(context);
        return kind === 'bypass' ? decoder.bypass() : decoder.terminate();
      });
      expect(read).toEqual(bins.map(({ bin }) => bin));
      const taken = decoder.bitsTaken;
      expect(decoder.terminate()).toBe(1);
      expect(taken).toBe(bits);
    }
  });

  it('begins with the states of the standard', () => {
    // Worked out by hand from tables 9-12, 9-13 and 9-33 with equation 9-5: pStateIdx · 2 + valMPS.
    expect(initialStates(null, 26)[0]).toBe(2 * (63 - 17));
    expect(initialStates(0, 26)[11]).toBe(2 * (70 - 64) + 1);
    expect(initialStates(2, 51)[459]).toBe(2 * (126 - 64) + 1);
    expect(initialStates(1, 0)[276]).toBe(2 * 62);
  });

  it('reads zeros behind the end', () => {
    const decoder = new CabacDecoder();
    decoder.start(new Uint8Array(0), 0);
    for (let i = 0; i < 1_000; i++) decoder.decision(i % 460);
    expect(decoder.bitsTaken).toBeGreaterThan(9);
  });
});
