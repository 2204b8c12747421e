/** The number of a pad, the nearest of those seen, or any. */
export type PadName = number | 'nearest' | 'any';
export type PadCamera = 'down' | 'ahead' | 'both';

/** By the number `mdirection` gives. */
export const PAD_CAMERAS: readonly PadCamera[] = ['down', 'ahead', 'both'];
/** m1 to m8, the nearest one, any one that is seen. */
const PAD = /^m([1-8]|-[12])$/;

/** The mission pads at the end of a command, `most` of them, and what stands before them. */
export function splitPads(words: string[], most: number): [plain: string[], pads: PadName[]] {
  let at = words.length;
  while (at > words.length - most && PAD.test(words[at - 1] ?? '')) at--;
  return [words.slice(0, at), words.slice(at).map(padName)];
}

function padName(word: string): PadName {
  const number = Number(word.slice(1));
  if (number > 0) return number;
  return number === -1 ? 'nearest' : 'any';
}
