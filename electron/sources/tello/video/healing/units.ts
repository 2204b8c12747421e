/** One slice as it came: a NAL unit that begins with its header byte, without start code. */
export type ReceivedSlice = {
  nal: Uint8Array;
  /** Offsets in `nal` where its second, third, … datagram begins, ascending: there something may be missing. */
  borders: readonly number[];
  /** Whether its last datagram was a short one, so that its end is known to be there. */
  ended: boolean;
};

/** The slices of one picture, in the order in which they came. */
export type ReceivedUnit = {
  slices: readonly ReceivedSlice[];
  /** How many pictures before this one never came, as far as is known. */
  missingBefore: number;
  /** Whether anything was lost, late or torn around this unit. */
  suspicious: boolean;
  /** Arrival of the last datagram. */
  atUs: number;
};

export type HealedUnit = {
  /** Annex B with 4-byte start codes; a keyframe begins with its SPS and PPS. */
  data: Uint8Array;
  keyframe: boolean;
  /** `passed`: not read beyond its header. `whole`: read, nothing is missing. `healed`: a part of it is a copy of the picture before, or flat. `filled`: made up in place of a lost one. */
  state: 'passed' | 'whole' | 'healed' | 'filled';
};

/** What happened so far, by kind; each is a number of units unless it says otherwise. */
export type HealingCounts = {
  passed: number;
  whole: number;
  healed: number;
  /** Made up in place of lost ones, beside those that came. */
  filled: number;
  /** Of all that were handed on: those with other numbers than they came with. */
  renumbered: number;
  /** Of the healed ones: keyframes that became a part of their group for want of their rest. */
  demotedKeyframes: number;
  /** Of the healed ones: keyframes with nothing before them, whose rest is flat. */
  flatKeyframes: number;
  /** Of the healed ones: those with no trustworthy macroblock. */
  replaced: number;
  /** Macroblocks of healed units that were made up. */
  madeUpMacroblocks: number;
  /** Not handed on: no parameter sets or keyframe yet. */
  waiting: number;
  /** Not handed on: no slice with a readable header. */
  unreadable: number;
  /** Not handed on: nothing refers to them, and so it is with the picture before, which cannot be told by POC type 2. */
  unorderable: number;
  /** Of the passed ones: those of a stream this cannot heal (CAVLC, B pictures, fields, …). */
  foreign: number;
  /** Parameter sets that contradict themselves; the ones before stay. */
  badParameterSets: number;
};

export function noCounts(): HealingCounts {
  return {
    passed: 0,
    whole: 0,
    healed: 0,
    filled: 0,
    renumbered: 0,
    demotedKeyframes: 0,
    flatKeyframes: 0,
    replaced: 0,
    madeUpMacroblocks: 0,
    waiting: 0,
    unreadable: 0,
    unorderable: 0,
    foreign: 0,
    badParameterSets: 0,
  };
}
