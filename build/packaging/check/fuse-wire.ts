const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Electron's fuses, version 1, in the order of the wire. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type FuseName = (typeof FUSES)[number];
export type FuseState = 'on' | 'off' | 'removed' | 'unknown';

const STATES = new Map<string, FuseState>([
  ['1', 'on'],
  ['0', 'off'],
  ['r', 'removed'],
]);

/**
 * Reads the fuses out of an Electron binary, apart from the package that set them. Source of the
 * layout: Electron's fuse documentation (sentinel, version, length, one character a fuse).
 */
export function readFuseWire(binary: Buffer): Partial<Record<FuseName, FuseState>> | null {
  const at = binary.indexOf(SENTINEL, 0, 'latin1');
  if (at === -1 || binary[at + SENTINEL.length] !== 1) return null;
  const start = at + SENTINEL.length + 2;
  const length = binary[at + SENTINEL.length + 1] ?? 0;
  const wire = binary.toString('latin1', start, start + length);
  const fuses: Partial<Record<FuseName, FuseState>> = {};
  for (const [index, name] of FUSES.entries()) {
    const character = wire[index];
    if (character !== undefined) fuses[name] = STATES.get(character) ?? 'unknown';
  }
  return fuses;
}
