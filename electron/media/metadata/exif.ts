import piexif, { type IExifElement, TagValues } from 'piexif-ts';
import { localIso, zoneWords } from './local-time.ts';
import type { PictureFacts } from './picture-facts.ts';

const { ExifIFD, ImageIFD } = TagValues;
/** Which version of Exif knows time zones. */
const EXIF_VERSION = '0231';

/** The Exif block of a picture, from its TIFF header on. */
export function exifBlock(facts: PictureFacts): Uint8Array {
  const local = exifTime(facts.takenAtMs, facts.zoneMinutes);
  const zone = zoneWords(facts.zoneMinutes);
  const image: IExifElement = {
    [ImageIFD.Model]: bytesOf(facts.model),
    [ImageIFD.Software]: bytesOf(facts.software),
    [ImageIFD.DateTime]: local.seconds,
    ...(facts.make === undefined ? {} : { [ImageIFD.Make]: bytesOf(facts.make) }),
  };
  const exif: IExifElement = {
    [ExifIFD.ExifVersion]: EXIF_VERSION,
    [ExifIFD.DateTimeOriginal]: local.seconds,
    [ExifIFD.DateTimeDigitized]: local.seconds,
    [ExifIFD.OffsetTime]: zone,
    [ExifIFD.OffsetTimeOriginal]: zone,
    [ExifIFD.OffsetTimeDigitized]: zone,
    [ExifIFD.SubSecTimeOriginal]: local.milliseconds,
    [ExifIFD.SubSecTimeDigitized]: local.milliseconds,
  };
  const segment = Buffer.from(piexif.dump({ '0th': image, Exif: exif }), 'latin1');
  // `Exif\0\0` in front of it is how JPEG marks the segment, and no part of the block.
  return new Uint8Array(segment.subarray(6));
}

/** `2026:11:21 14:03:22` and `481`, on the clock of that zone. */
function exifTime(atMs: number, zoneMinutes: number): { seconds: string; milliseconds: string } {
  const text = localIso(atMs, zoneMinutes);
  const seconds = text.slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return { seconds, milliseconds: text.slice(20) };
}

/** piexif takes one character a byte; programs read such text as UTF-8. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
