/** Why slice data cannot be what the encoder wrote. */
export type SliceFailure =
  /** The data ended first. */
  | 'overrun'
  /** It says that it ends where there is more data. */
  | 'endsEarly'
  /** More macroblocks than there is room for. */
  | 'tooLong'
  | 'qpDelta'
  | 'intraMode'
  | 'reference'
  | 'vector'
  | 'level'
  | 'pcm';

/** What is needed of each macroblock to end the slice behind it, and to judge whether it is plausible. By address. */
export type MacroblockRecords = {
  /** Before `end_of_slice_flag`: bits taken of the payload, codIRange, codIOffset. */
  taken: Int32Array;
  range: Uint16Array;
  offset: Uint16Array;
  /** The greatest absolute coefficient level and vector difference, and the absolute QP delta. */
  level: Uint16Array;
  difference: Uint16Array;
  qpDelta: Uint8Array;
  /** 0 where it is intra, else 1 and the mean vector of its quarters, in quarter samples. */
  moves: Uint8Array;
  x: Int16Array;
  y: Int16Array;
};

export type SliceOutcome = {
  firstMb: number;
  /** Behind the last macroblock that could be read. */
  endMb: number;
  /** Null: whole. It ends with its `end_of_slice_flag`, in the last byte of the data. */
  failure: SliceFailure | null;
  /** Bits taken of the payload where it failed. */
  failedAt: number;
};
