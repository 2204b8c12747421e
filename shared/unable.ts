/**
 * Why a page can show nothing: its browser has no quick decoder, or none for this codec, or as many watch
 * already as may.
 */
export type Unable =
  | { kind: 'no-decoder' }
  | { kind: 'codec'; codec: string }
  | { kind: 'crowded' };
