import { crc32 } from 'node:zlib';
import piexif from 'piexif-ts';
import { describe, expect, it } from 'vitest';
import { embedFacts } from '../../../electron/media/metadata/embed.ts';
import type { PictureFacts } from '../../../electron/media/metadata/picture-facts.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { writeJpeg } from '../../support/jpeg-writer.ts';

const FACTS: PictureFacts = {
  takenAtMs: Date.UTC(2026, 10, 21, 12, 3, 22, 481),
  zoneMinutes: 120,
  make: 'Ryze',
  model: 'Tello',
  software: 'Hoverdeck 1.2.3',
  damaged: false,
};
const DRONE = {
  heightCm: -10,
  yawDegrees: 12,
  pitchDegrees: -3,
  zSpeedDmS: -15,
  batteryPercent: 87,
  flightId: 'f1',
};
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const xmpOf = (bytes: Uint8Array) =>
  /<x:xmpmeta[\s\S]*<\/x:xmpmeta>/.exec(Buffer.from(bytes).toString('utf8'))?.[0] ?? '';

describe('what a JPEG says of itself', () => {
  const jpeg = writeJpeg({ width: 320, height: 240 });

  it('is when, where in time, and with what it was taken; the exposure, which nobody knows, is absent', () => {
    const exif = piexif.load(text(embedFacts(jpeg, 'jpeg', FACTS)));
    expect(exif['0th']).toMatchObject({ 271: 'Ryze', 272: 'Tello', 305: 'Hoverdeck 1.2.3' });
    expect(exif.Exif).toMatchObject({
      36867: '2026:11:21 14:03:22',
      36881: '+02:00',
      37521: '481',
    });
    expect(Object.keys(exif.Exif ?? {})).not.toContain('33434');
  });

  it('leaves the picture as it is, whatever the camera had said', () => {
    const once = embedFacts(jpeg, 'jpeg', { ...FACTS, model: 'another' });
    const twice = embedFacts(once, 'jpeg', FACTS);
    expect(decodeJpeg(twice)).toEqual(decodeJpeg(jpeg));
    expect(text(twice)).not.toContain('another');
    const scan = (bytes: Uint8Array) => text(bytes).slice(text(bytes).indexOf('\xff\xdb'));
    expect(scan(twice)).toBe(scan(jpeg));
  });

  it('has the drone’s figures by the names DJI gives them, and only those it told', () => {
    const xmp = xmpOf(embedFacts(jpeg, 'jpeg', { ...FACTS, drone: DRONE }));
    expect(xmp).toContain('drone-dji:RelativeAltitude="-0.10"');
    expect(xmp).toContain('drone-dji:FlightYawDegree="+12.0"');
    expect(xmp).toContain('drone-dji:FlightZSpeed="-1.5"');
    expect(xmp).toContain('hoverdeck:FlightId="f1"');
    expect(xmp).not.toContain('FlightRollDegree');
    expect(xmp).not.toMatch(/Latitude|Longitude/);
  });

  it.each(['"><x:evil/>', 'a\0b\u0001c', '&amp;', 'Été 📷', '\ud800', 'x'.repeat(3_000)])(
    'survives a camera called %.20s',
    (model) => {
      const marked = embedFacts(jpeg, 'jpeg', { ...FACTS, model });
      expect(decodeJpeg(marked)).toEqual(decodeJpeg(jpeg));
      const xmp = xmpOf(marked);
      expect(xmp.match(/</g)?.length).toBe(5);
      expect([...xmp].every((character) => character >= ' ' || character === '\n')).toBe(true);
    },
  );

  it('has a zone west of Greenwich', () => {
    const exif = piexif.load(text(embedFacts(jpeg, 'jpeg', { ...FACTS, zoneMinutes: -210 })));
    expect(exif.Exif).toMatchObject({ 36867: '2026:11:21 08:33:22', 36881: '-03:30' });
  });
});

it('a PNG says the same, in chunks of its own', () => {
  const header = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', Buffer.alloc(13)),
  ]);
  const rest = Buffer.concat([chunk('IDAT', Buffer.of(1, 2, 3)), chunk('IEND', Buffer.alloc(0))]);
  const png = embedFacts(Buffer.concat([header, rest]), 'png', { ...FACTS, drone: DRONE });
  const chunks = chunksOf(png);
  expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'eXIf', 'iTXt', 'IDAT', 'IEND']);
  expect(chunks.every(({ isSound }) => isSound)).toBe(true);
  const exif = piexif.load(`Exif\0\0${text(chunks[1]?.body ?? new Uint8Array())}`);
  expect(exif['0th']).toMatchObject({ 272: 'Tello' });
  expect(xmpOf(chunks[2]?.body ?? new Uint8Array())).toContain('FlightYawDegree="+12.0"');
});

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

function chunksOf(png: Uint8Array) {
  const bytes = Buffer.from(png);
  const found: { type: string; body: Uint8Array; isSound: boolean }[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const named = bytes.subarray(at + 4, at + 8 + length);
    found.push({
      type: named.toString('latin1', 0, 4),
      body: named.subarray(4),
      isSound: crc32(named) === bytes.readUInt32BE(at + 8 + length),
    });
    at += length + 12;
  }
  return found;
}
