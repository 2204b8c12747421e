/** How long a camera may take and how much its reader may eat. Tests pass shorter ones. */
export type ReaderLimits = {
  openMs: number;
  pictureMs: number;
  closeGraceMs: number;
  goneMs: number;
  listMs: number;
  memoryBytes: number;
  memoryCheckMs: number;
};

export const READER_LIMITS: ReaderLimits = {
  /** The slowest USB cameras take 3 s to start; a driver that takes longer than this never returns. */
  openMs: 10_000,
  /** Five seconds without a picture are longer than any exposure. */
  pictureMs: 5_000,
  /** Closing waits for one picture and the driver; after this the process is killed. */
  closeGraceMs: 1_500,
  /** A process stuck inside the kernel outlives even SIGKILL: nobody waits for it for ever. */
  goneMs: 2_000,
  /** Listing opens every camera once. */
  listMs: 10_000,
  /** A reader of 4K pictures stays below 400 MB; one that passes this has a leak. */
  memoryBytes: 1_000_000_000,
  memoryCheckMs: 1_000,
};
