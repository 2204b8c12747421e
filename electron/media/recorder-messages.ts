/** What main and a recorder process say to each other. One process writes one recording. */
export type ToRecorder =
  | {
      type: 'begin';
      folder: string;
      /** Name of the first film, without its ending. */
      name: string;
      /** Keep a camera's JPEG pictures as they are, instead of encoding them as H.264. */
      keepJpeg: boolean;
    }
  | FrameToRecord
  /** What comes next belongs to another source: it goes into a film of its own, by this name. */
  | { type: 'next-film'; name: string }
  | { type: 'finish' }
  /** Makes a proper film of one that was left unfinished. */
  | { type: 'mend'; folder: string; fileName: string };

export type FrameToRecord = {
  type: 'frame';
  codec: 'h264' | 'jpeg';
  width: number;
  height: number;
  keyframe: boolean;
  capturedAtUs: number;
  data: Uint8Array;
};

/** A film that grows: what its file is called now, what it will be called, and when its first picture was seen. */
export type BegunFilm = { fileName: string; name: string; firstUs: number };

/** A film at its place. */
export type WrittenFilm = { fileName: string; sizeBytes: number; durationUs: number };

export type FromRecorder =
  /** A file is there and grows; said again for every further film. */
  | { type: 'begun'; film: BegunFilm }
  /** So many of the oldest frames that were sent are written, or given up. */
  | { type: 'settled'; written: number; givenUp: number }
  /** Up to here everything would survive the end of this process. */
  | { type: 'safe'; sizeBytes: number; durationUs: number }
  | { type: 'film'; film: WrittenFilm }
  /** The last message: nothing more is written. */
  | { type: 'finished' }
  /** Writing failed; what was whole is kept. `finished` follows. */
  | { type: 'failed'; code: string; message: string };
