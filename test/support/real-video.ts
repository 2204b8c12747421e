import { simulatorNals } from '../unit/sources/tello/healing/simulator-stream.ts';
import { concat, toDatagrams } from './h264-writer.ts';

type RealGroup = { frames: number; width?: number; height?: number };

/** A group of pictures that really decode, a list of datagrams for each NAL unit: SPS, PPS, IDR, P, P, … */
export async function realGroup({
  frames,
  width = 320,
  height = 240,
}: RealGroup): Promise<Uint8Array[][]> {
  const nals = await simulatorNals({ width, height, fps: 30, bitrateBps: 400_000 }, frames);
  return nals.map((nal) => toDatagrams(nal));
}

/** The same NAL unit in full datagrams only: CABAC zero words behind its end fill the last one (7.3.2.10). */
export function inFullDatagrams(datagrams: readonly Uint8Array[], fullBytes = 1_460): Uint8Array[] {
  let bytes = concat(...datagrams);
  while (bytes.length % fullBytes !== 0) bytes = concat(bytes, Uint8Array.of(0, 0, 3));
  return toDatagrams(bytes.subarray(4));
}
