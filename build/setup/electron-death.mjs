import { constants } from 'node:os';

/** What Electron, the loader or the kernel says, and what it means to somebody who wants a window. */
const MEANINGS = [
  [
    /error while loading shared libraries: ([^\s:]+)/,
    (name) => `the system library ${name} is missing`,
  ],
  [
    /version [`'"]?((?:GLIBC|GLIBCXX)_[\d.]+)/,
    (name) => `this system is older than Electron needs (${name} is missing)`,
  ],
  [
    /Exec format error|Syntax error|cannot execute/,
    () => 'the Electron binary is for another kind of machine',
  ],
  [/Running as root without --no-sandbox/, () => 'Chromium’s sandbox does not work for root'],
  [
    /SUID sandbox helper|No usable sandbox|sandbox[^\n]*(not permitted|EPERM)|credentials\.cc/,
    () => 'Chromium’s sandbox is not allowed on this system',
  ],
  [
    /Missing X server|(cannot|Unable to) open (X )?display|Failed to connect to (the )?(Wayland|X)|Authorization required|platform failed to initialize/i,
    () => 'its display cannot be reached',
  ],
];
/** Why the system did not even start it. */
const SPAWN_MEANINGS = {
  EACCES: 'the Electron binary may not be executed',
  ENOEXEC: 'the Electron binary is for another kind of machine',
  ENOENT: 'the Electron binary, or the loader it names, is not there',
};
const NOT_FOUND_EXIT_CODE = 127;
/** What a shell adds to a signal's number. */
const SIGNAL_EXIT_CODE = 128;

/**
 * Why Electron ended before it showed a window, in words that follow "because".
 * @param {{ code: number | null, signal: string | null, error: NodeJS.ErrnoException | null, words: string }} death
 * @returns {string}
 */
export function explainDeath({ code, signal, error, words }) {
  if (error !== null) {
    return SPAWN_MEANINGS[error.code] ?? `Electron could not be started (${error.message})`;
  }
  for (const [pattern, meaning] of MEANINGS) {
    const match = pattern.exec(words);
    if (match) return meaning(match[1]);
  }
  const crash = signal ?? signalOf(code);
  if (crash !== null) return `Electron crashed (${crash})`;
  if (code === NOT_FOUND_EXIT_CODE) return 'Electron misses something it needs (exit code 127)';
  return `Electron ended before it showed one (exit code ${code})`;
}

function signalOf(code) {
  const number = (code ?? 0) - SIGNAL_EXIT_CODE;
  return Object.keys(constants.signals).find((name) => constants.signals[name] === number) ?? null;
}
