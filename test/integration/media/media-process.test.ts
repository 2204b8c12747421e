import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MEDIA_LIMITS, MediaClient } from '../../../electron/media/media-client.ts';
import type { MediaRequest } from '../../../electron/media/media-messages.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { encodeFilm } from '../../support/encode-film.ts';
import { encodeNoise } from '../../support/encode-noise.ts';
import { writeJpeg } from '../../support/jpeg-writer.ts';
import { assertNoLeaks } from '../../support/leaks.ts';

assertNoLeaks();

let media: MediaClient;
beforeEach(() => {
  media = new MediaClient(startNodeChild, () => undefined);
});
afterEach(() => media.dispose());

const photo = (codec: MediaRequest['codec'], units: Uint8Array[], client = media) =>
  client.picture({
    codec,
    units,
    format: 'jpeg',
    thumbnailWidth: 64,
    view: { mirror: false, rotateDegrees: 0 },
  });
const refused = { code: 'decode-failed', tip: expect.stringMatching(/\S/) };

describe('camera bytes passed on unrepaired', () => {
  test('a JPEG cut in half is no photo, with or without an end', async () => {
    const jpeg = writeJpeg({ width: 320, height: 240 });
    const half = jpeg.slice(0, jpeg.length / 2);
    await expect(photo('jpeg', [half])).rejects.toMatchObject(refused);
    const ended = Uint8Array.from([...half, 0xff, 0xd9]);
    await expect(photo('jpeg', [ended])).rejects.toMatchObject(refused);
    expect((await photo('jpeg', [jpeg])).image).toEqual(jpeg);
  });
});

describe('size from outside', () => {
  test('a film of more pixels than any is refused, and the largest is not', async () => {
    await expect(photo('h264', await encodeFilm(4096, 2320, 1))).rejects.toMatchObject(refused);
    expect(await photo('h264', await encodeFilm(4096, 2304, 1))).toMatchObject({ width: 4096 });
  });

  test('a JPEG of more pixels than any is refused', async () => {
    const jpeg = await encodeNoise(7_696, 4_320, 'default');
    await expect(photo('jpeg', [jpeg])).rejects.toMatchObject(refused);
    // One that only says so is refused before it is looked at.
    const liar = writeJpeg();
    const frame = liar.findIndex((byte, at) => byte === 0xff && liar[at + 1] === 0xc0);
    liar.fill(0xff, frame + 5, frame + 9);
    await expect(photo('jpeg', [liar])).rejects.toMatchObject(refused);
    expect(await photo('jpeg', [writeJpeg()])).toMatchObject({ width: 160 });
  });
});

describe('a bound of memory became a bound of function', () => {
  test('one IDR and 2,000 P pictures: the photo is of the last', async () => {
    const film = await encodeFilm(320, 240, 2_000);
    const { image, width } = await photo('h264', film);
    expect(width).toBe(320);
    expect(decodeJpeg(image)).toMatchObject({ width: 320, height: 240 });
  });

  test('a long film has more time than a short one', async () => {
    const film = await encodeFilm(640, 480, 600);
    const impatient = { ...MEDIA_LIMITS, pictureMs: 50 };
    const strict = new MediaClient(startNodeChild, () => undefined, { ...impatient, unitMs: 0 });
    await expect(photo('h264', film, strict)).rejects.toMatchObject(refused);
    await strict.dispose();
    const patient = new MediaClient(startNodeChild, () => undefined, impatient);
    expect(await photo('h264', film, patient)).toMatchObject({ width: 640 });
    await patient.dispose();
  });
});
