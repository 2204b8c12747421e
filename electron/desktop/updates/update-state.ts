/** Why this installation never looks for updates. */
export type NoUpdatesReason = 'development' | 'no-feed' | 'package-manager' | 'portable';

/** Why looking for, fetching or installing an update failed. */
export type UpdateProblem = 'unreachable' | 'bad-feed' | 'damaged' | 'disk-full' | 'unknown';

export type UpdateState =
  | { phase: 'off'; reason: NoUpdatesReason }
  /** Nothing newer is known; `checkedAtMs` (since the epoch) is null before the first answer. */
  | { phase: 'idle'; checkedAtMs: number | null }
  | { phase: 'checking' }
  | { phase: 'downloading'; version: string; percent: number }
  /** Fetched and verified; waits for the user. */
  | { phase: 'ready'; version: string }
  | { phase: 'installing'; version: string }
  | { phase: 'failed'; problem: UpdateProblem; atMs: number };

const OFF_WORDS: Record<NoUpdatesReason, string> = {
  development: 'Updates are off while developing.',
  'no-feed': 'This build knows no place to look for updates.',
  'package-manager': 'Updates come the way this was installed: a package, or an archive.',
  portable: 'The portable program does not update itself: download the new one.',
};

const PROBLEM_WORDS: Record<UpdateProblem, string> = {
  unreachable: 'The update server cannot be reached. Hoverdeck will ask again later.',
  'bad-feed': 'The update server’s answer makes no sense. Nothing was changed.',
  damaged: 'The update arrived damaged or was tampered with, and was thrown away.',
  'disk-full': 'There is no room on the disk for the update.',
  unknown: 'The update did not work. Nothing was changed.',
};

/** One sentence for the user. */
export function updateWords(state: UpdateState): string {
  switch (state.phase) {
    case 'off':
      return OFF_WORDS[state.reason];
    case 'idle':
      return state.checkedAtMs === null
        ? 'Hoverdeck has not looked for updates yet.'
        : 'Hoverdeck is up to date.';
    case 'checking':
      return 'Looking for updates …';
    case 'downloading':
      return `Fetching version ${state.version} … ${Math.floor(state.percent)} %`;
    case 'ready':
      return `Version ${state.version} is ready. It is installed when you choose to restart.`;
    case 'installing':
      return `Installing version ${state.version} …`;
    case 'failed':
      return PROBLEM_WORDS[state.problem];
  }
}

/** Sorts an error of electron-updater's, of its HTTP client or of the disk. */
export function updateProblem(error: unknown): UpdateProblem {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return 'disk-full';
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_UPDATER_INVALID_SIGNATURE')
    return 'damaged';
  if (BROKEN_OFF.has(code) || /aborted|closed before/i.test(error.message)) return 'damaged';
  // The channel file is missing on a server that answers: an address without a feed.
  if (code.startsWith('ERR_UPDATER_')) return 'bad-feed';
  if (UNREACHABLE.has(code) || /^net::ERR_/.test(error.message)) return 'unreachable';
  return 'statusCode' in error ? 'unreachable' : 'unknown';
}

/** A connection that ended in the middle of a file. */
const BROKEN_OFF = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);
const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
]);
