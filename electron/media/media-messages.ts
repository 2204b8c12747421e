import type { PhotoFormat } from '../../shared/captures.ts';
import type { View } from '../../shared/view.ts';
import type { PictureFacts } from './metadata/picture-facts.ts';

/** What main and the media process say to each other. Only these two ever share this channel. */
export type MediaRequest = {
  id: number;
  codec: 'h264' | 'jpeg';
  /** H.264: every access unit from the last keyframe to the wanted one. JPEG: one picture. */
  units: Uint8Array[];
  format: PhotoFormat;
  /** Width of the thumbnail in pixels; its height follows the picture's shape. */
  thumbnailWidth: number;
  /** How the picture is turned before it is kept. */
  view: View;
  /** What the picture shall say of itself; absent for one that is only looked at. */
  facts?: PictureFacts;
};

/** A file of which a small picture is wanted: the file itself, or a film's first picture. */
export type FileToPicture = {
  path: string;
  kind: 'jpeg' | 'png' | 'film';
  /** Width of the small picture in pixels. */
  width: number;
};

export type FileRequest = { id: number; file: FileToPicture };

export type Picture = {
  /** The whole picture in the wanted format. */
  image: Uint8Array;
  /** JPEG. */
  thumbnail: Uint8Array;
  width: number;
  height: number;
  /** Why the picture says nothing of itself, though it should. */
  factsMissing?: string;
};

export type MediaReply =
  | ({ id: number; ok: true } & Picture)
  | { id: number; ok: false; message: string };
