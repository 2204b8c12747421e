import type { View } from '../../shared/view.ts';

/** How the pictures are wanted. */
export type PictureShape = {
  /** In pixels, as turned; null = as wide as it comes. */
  width: number | null;
  /** JPEG's own scale: 1 is the worst, 100 the best. */
  quality: number;
  view: View;
  /** No more pictures a second than this are encoded. */
  fps: number;
};

/** What main and a transcoder process say to each other. One process makes pictures of one shape. */
export type ToTranscoder =
  | { type: 'begin'; shape: PictureShape }
  | {
      type: 'frame';
      codec: 'h264' | 'jpeg';
      generation: number;
      seq: number;
      /** To be decoded for the sake of those that follow, and not shown. */
      catchUp: boolean;
      capturedAtUs: number;
      data: Uint8Array;
    };

export type FromTranscoder =
  /** Every frame up to this one is decoded, or given up. */
  | { type: 'settled'; generation: number; seq: number }
  | { type: 'picture'; capturedAtUs: number; jpeg: Uint8Array };
