import type { HuffmanTable } from './jpeg-header.ts';

/**
 * The Huffman tables of ITU T.81, K.3.3. A camera that speaks MJPEG may leave them out of every
 * picture, as AVI files do: who plays such a stream is meant to know them.
 */
const DC_COUNTS_LUMA = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];
const DC_COUNTS_CHROMA = [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const AC_LUMA =
  '0002010303020403050504040000017d' +
  '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a' +
  '25262728292a3435363738393a434445464748494a535455565758595a636465666768696a73747576777879' +
  '7a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9' +
  'cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa';
const AC_CHROMA =
  '00020102040403040705040400010277' +
  '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f117' +
  '18191a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778' +
  '797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7' +
  'c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa';

/** By class (0: DC, 1: AC) × 16 + number, as in the picture: number 0 is for brightness, 1 for colour. */
export const STANDARD_HUFFMAN: ReadonlyMap<number, HuffmanTable> = new Map([
  [0x00, Uint8Array.from([...DC_COUNTS_LUMA, ...DC_SYMBOLS])],
  [0x01, Uint8Array.from([...DC_COUNTS_CHROMA, ...DC_SYMBOLS])],
  [0x10, Uint8Array.from(Buffer.from(AC_LUMA, 'hex'))],
  [0x11, Uint8Array.from(Buffer.from(AC_CHROMA, 'hex'))],
]);
