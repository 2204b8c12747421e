export type BinaryKind = { platform: 'linux' | 'darwin' | 'win32'; arch: 'x64' | 'arm64' };

const ELF_MACHINES = new Map<number, BinaryKind['arch']>([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);
const MACHO_CPUS = new Map<number, BinaryKind['arch']>([
  [0x0100_0007, 'x64'],
  [0x0100_000c, 'arm64'],
]);
const PE_MACHINES = new Map<number, BinaryKind['arch']>([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);
const ELF_MAGIC = 0x7f45_4c46;
const MACHO_64_MAGIC = 0xfeed_facf;
const PE_OFFSET_AT = 0x3c;

/** System and processor a library was built for, from its first bytes (1 KB will do); null for anything else. */
export function binaryKind(head: Buffer): BinaryKind | null {
  if (head.length < 64) return null;
  if (head.readUInt32BE(0) === ELF_MAGIC) {
    return kind('linux', ELF_MACHINES.get(head.readUInt16LE(18)));
  }
  if (head.readUInt32LE(0) === MACHO_64_MAGIC) {
    return kind('darwin', MACHO_CPUS.get(head.readUInt32LE(4)));
  }
  if (head.toString('latin1', 0, 2) === 'MZ') {
    const offset = head.readUInt32LE(PE_OFFSET_AT);
    if (offset + 6 > head.length || head.toString('latin1', offset, offset + 2) !== 'PE')
      return null;
    return kind('win32', PE_MACHINES.get(head.readUInt16LE(offset + 4)));
  }
  return null;
}

function kind(platform: BinaryKind['platform'], arch: BinaryKind['arch'] | undefined) {
  return arch === undefined ? null : { platform, arch };
}
