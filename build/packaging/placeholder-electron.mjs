import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { places } from './places.mjs';

/** The mark Electron's binary carries before its fuses, with all eight of them as they ship. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES_AS_SHIPPED = '10110100';
const HEADER_BYTES = 64;
const ELF_MACHINE = { x64: 0x3e, arm64: 0xb7 };
const MACHO_64_MAGIC = 0xfeed_facf;
const MACHO_CPU = { x64: 0x0100_0007, arm64: 0x0100_000c };

/**
 * Makes a folder that electron-builder takes for an unpacked Electron for Linux. Nothing in it runs:
 * it has a header, a fuse wire and the files that are copied, which is all that packaging touches.
 */
export async function writeLinuxPlaceholder(version, arch) {
  const folder = join(places.placeholder, 'linux');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'), { recursive: true });
  await writeFile(join(folder, 'electron'), Buffer.concat([elfHeader(arch), fuseWire()]));
  await chmod(join(folder, 'electron'), 0o755);
  await writeFile(join(folder, 'version'), version);
  await writeFile(join(folder, 'locales', 'en-US.pak'), '');
  await writeFile(join(folder, 'LICENSE'), 'Placeholder of Electron’s licence.\n');
  await writeFile(join(folder, 'LICENSES.chromium.html'), 'Placeholder of Chromium’s licences.\n');
  return folder;
}

/**
 * The same for macOS, with a stand-in for node-av's binary beside it: the real one would be 170 MB of
 * download for every check.
 */
export async function writeMacPlaceholder(arch) {
  const dist = join(places.placeholder, 'mac');
  await rm(dist, { recursive: true, force: true });
  const contents = join(dist, 'Electron.app', 'Contents');
  const frameworks = join(contents, 'Frameworks');
  await writeFiles({
    [join(contents, 'Info.plist')]: infoPlist('Electron'),
    [join(contents, 'MacOS', 'Electron')]: machOHeader(arch),
    [join(contents, 'Resources', 'electron.icns')]: '',
    [join(frameworks, 'Electron Framework.framework', 'Electron Framework')]: Buffer.concat([
      machOHeader(arch),
      fuseWire(),
    ]),
    ...Object.fromEntries(
      ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].flatMap((suffix) => {
        const name = `Electron Helper${suffix}`;
        const helper = join(frameworks, `${name}.app`, 'Contents');
        return [
          [join(helper, 'Info.plist'), infoPlist(name)],
          [join(helper, 'MacOS', name), machOHeader(arch)],
        ];
      }),
    ),
    [join(dist, 'native', 'node-av.node')]: machOHeader(arch),
  });
  return { dist, native: join(dist, 'native') };
}

async function writeFiles(files) {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

function infoPlist(executable) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${executable}</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
</dict></plist>
`;
}

function elfHeader(arch) {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\x7fELF', 'latin1');
  // 64 bit, little-endian, version 1.
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(ELF_MACHINE[arch], 18);
  return header;
}

function machOHeader(arch) {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MACHO_64_MAGIC, 0);
  header.writeUInt32LE(MACHO_CPU[arch], 4);
  return header;
}

function fuseWire() {
  return Buffer.concat([
    Buffer.from(FUSE_SENTINEL, 'latin1'),
    // Version 1 of the wire, and its length.
    Buffer.from([1, FUSES_AS_SHIPPED.length]),
    Buffer.from(FUSES_AS_SHIPPED, 'latin1'),
    Buffer.alloc(HEADER_BYTES),
  ]);
}
