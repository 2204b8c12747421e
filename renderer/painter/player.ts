import type { FrameMessage, StreamFormat } from '../../shared/frames.ts';
import type { Unable } from '../../shared/unable.ts';

/** A decoded picture; whoever gets it closes it. */
export type DecodedPicture = VideoFrame | ImageBitmap;

export type PlayerListener = {
  /** A picture to draw, newest last. The listener closes it. */
  picture(picture: DecodedPicture, frame: FrameMessage): void;
  /** This frame will not be drawn: skipped on purpose (`catch-up`) or lost (`dropped`). */
  givenUp(frame: FrameMessage, why: 'catch-up' | 'dropped'): void;
  decodeError(): void;
  /** The thread is lost, and the station's cached group is wanted to find it again. */
  restart(): void;
  /** This machine cannot decode the stream at all. */
  unable(reason: Unable): void;
};

/** Turns the frames of one format into pictures. */
export type Player = {
  readonly format: StreamFormat;
  decode(frame: FrameMessage): void;
  close(): void;
};
