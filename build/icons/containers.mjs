/** Windows scales between these. 256 is stored as PNG by everyone; since Vista the others may be, too. */
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];

/** macOS' names for PNG images in an icon: size in pixels by type; `@2x` types share a size. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];
export const ICNS_SIZES = ICNS_TYPES.map(([, size]) => size);

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;
const ICNS_HEADER_BYTES = 8;

/**
 * An .ico of PNG images: little-endian directory, then the images.
 * @param {ReadonlyMap<number, Buffer>} pngs by size in pixels
 */
export function encodeIco(pngs) {
  const header = Buffer.alloc(ICO_HEADER_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(ICO_SIZES.length, 4);
  let offset = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * ICO_SIZES.length;
  const entries = ICO_SIZES.map((size) => {
    const entry = Buffer.alloc(ICO_ENTRY_BYTES);
    // One byte for width and height each: 256 is written as 0.
    entry.set([size % 256, size % 256]);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(pngs.get(size).length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += pngs.get(size).length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...ICO_SIZES.map((size) => pngs.get(size))]);
}

/**
 * An .icns of PNG images: big-endian chunks of type, length with header, data.
 * @param {ReadonlyMap<number, Buffer>} pngs by size in pixels
 */
export function encodeIcns(pngs) {
  const chunks = ICNS_TYPES.map(([type, size]) => chunk(type, pngs.get(size)));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type, data) {
  const header = Buffer.alloc(ICNS_HEADER_BYTES);
  header.write(type, 'latin1');
  header.writeUInt32BE(ICNS_HEADER_BYTES + data.length, 4);
  return Buffer.concat([header, data]);
}
