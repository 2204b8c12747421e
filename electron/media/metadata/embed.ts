import { crc32 } from 'node:zlib';
import type { PhotoFormat } from '../../../shared/captures.ts';
import { exifBlock } from './exif.ts';
import type { PictureFacts } from './picture-facts.ts';
import { xmpPacket } from './xmp.ts';

const EXIF_MARK = 'Exif\0\0';
const XMP_MARK = 'http://ns.adobe.com/xap/1.0/\0';
const APP0 = 0xe0;
const APP1 = 0xe1;
/** A segment says its length, itself included, in two bytes. */
const MAX_SEGMENT_BYTES = 65_535;
const PNG_SIGNATURE_BYTES = 8;
/** Length, type, 13 bytes and the sum of the first chunk, which always is `IHDR`. */
const PNG_HEADER_BYTES = 25;

/**
 * The same picture, which says when, with what and from where it was taken: Exif and XMP, in JPEG as
 * segments (Exif 3.0, 4.7.2), in PNG as `eXIf` and `iTXt` (PNG, third edition, 11.3). No pixel is touched.
 */
export function embedFacts(
  picture: Uint8Array,
  format: PhotoFormat,
  facts: PictureFacts,
): Uint8Array {
  const exif = exifBlock(facts);
  const xmp = Buffer.from(xmpPacket(facts), 'utf8');
  return format === 'jpeg' ? inJpeg(picture, exif, xmp) : inPng(picture, exif, xmp);
}

function inJpeg(jpeg: Uint8Array, exif: Uint8Array, xmp: Uint8Array): Uint8Array {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  // A camera's own facts, where it has any, are about the camera's own clock.
  const kept: Buffer[] = [];
  let head = 2;
  let at = 2;
  for (;;) {
    const marker = bytes[at] === 0xff ? bytes[at + 1] : undefined;
    if (marker === undefined || (marker !== APP0 && marker !== APP1)) break;
    if (at + 4 > bytes.byteLength) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === APP0) {
      kept.push(bytes.subarray(at, end));
      head = end;
    }
    at = end;
  }
  const soi = bytes.subarray(0, 2);
  const rest = bytes.subarray(Math.max(at, head));
  return new Uint8Array(
    Buffer.concat([soi, ...kept, segment(EXIF_MARK, exif), segment(XMP_MARK, xmp), rest]),
  );
}

function segment(mark: string, body: Uint8Array): Buffer {
  const length = 2 + mark.length + body.byteLength;
  if (length > MAX_SEGMENT_BYTES) throw new Error('There is more to say of the picture than fits.');
  const head = Buffer.alloc(4 + mark.length);
  head[0] = 0xff;
  head[1] = APP1;
  head.writeUInt16BE(length, 2);
  head.write(mark, 4, 'latin1');
  return Buffer.concat([head, body]);
}

function inPng(png: Uint8Array, exif: Uint8Array, xmp: Uint8Array): Uint8Array {
  const head = png.subarray(0, PNG_SIGNATURE_BYTES + PNG_HEADER_BYTES);
  // Keyword, no compression, no language, no translated keyword.
  const text = Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), xmp]);
  return new Uint8Array(
    Buffer.concat([head, chunk('eXIf', exif), chunk('iTXt', text), png.subarray(head.byteLength)]),
  );
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const whole = Buffer.alloc(named.byteLength + 8);
  whole.writeUInt32BE(body.byteLength, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.byteLength + 4);
  return whole;
}
