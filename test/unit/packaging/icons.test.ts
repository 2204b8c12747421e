import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../build/icons/', import.meta.url));
const PNG_SIGNATURE = '89504e470d0a1a0a';
const RGBA = 6;

/** Width of a square RGBA PNG; fails for anything else. */
function squarePng(png: Buffer): number {
  expect(png.toString('hex', 0, 8)).toBe(PNG_SIGNATURE);
  expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20));
  expect(png[25]).toBe(RGBA);
  return png.readUInt32BE(16);
}

/** The first pixel of a PNG, which lies in the corner outside the rounded square. */
function cornerAlpha(png: Buffer): number | undefined {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
  }
  // Filter byte, then red, green, blue, alpha; no filter changes the very first pixel.
  return inflateSync(Buffer.concat(data))[4];
}

test.each(readdirSync(`${folder}png`))('%s has the size of its name, and clear corners', (name) => {
  const png = readFileSync(`${folder}png/${name}`);
  expect(name).toBe(`${squarePng(png)}x${squarePng(png)}.png`);
  expect(cornerAlpha(png)).toBe(0);
});

test('the Windows icon holds every size Windows asks for', () => {
  const ico = readFileSync(`${folder}hoverdeck.ico`);
  const count = ico.readUInt16LE(4);
  const sizes = Array.from({ length: count }, (_, index) => {
    const entry = 6 + 16 * index;
    const offset = ico.readUInt32LE(entry + 12);
    const size = squarePng(ico.subarray(offset, offset + ico.readUInt32LE(entry + 8)));
    // 256 does not fit into the directory's byte, and is written as 0.
    expect(ico[entry]).toBe(size % 256);
    return size;
  });
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

test('the macOS icon holds every size macOS asks for', () => {
  const icns = readFileSync(`${folder}hoverdeck.icns`);
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const sizes = new Map<string, number>();
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const type = icns.toString('latin1', at, at + 4);
    sizes.set(type, squarePng(icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))));
  }
  expect(Object.fromEntries(sizes)).toEqual({
    ...{ icp4: 16, icp5: 32, ic11: 32, ic12: 64, ic07: 128 },
    ...{ ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 },
  });
});
