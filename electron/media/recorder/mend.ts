import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FILM_TICKS_PER_SECOND, FilmMuxer } from '../../ffmpeg/film-muxer.ts';
import { FilmReader, type ReadPicture } from '../../ffmpeg/film-reader.ts';
import type { WrittenFilm } from '../recorder-messages.ts';
import { type UnfinishedFilm, unfinishedFilm } from '../unfinished-films.ts';
import { FilmFile, giveName } from './film-file.ts';
import { findPieces } from './film-pieces.ts';

/** Often enough that memory stays small. */
const PIECE_EVERY_BYTES = 4 * 1024 * 1024;

/**
 * Makes a proper film of one that was left unfinished: every whole picture of it, with its time. Where
 * there is no room for a second file, the first is cut behind its last whole piece, which plays as well.
 * @returns null where there was no picture in it, or it is not there any more
 */
export async function mend(folder: string, fileName: string): Promise<WrittenFilm | null> {
  const film = unfinishedFilm(fileName);
  if (film === null || film.kind !== 'recording') throw new Error(`${fileName} is no leftover.`);
  const path = join(folder, fileName);
  const file = await openThere(path);
  if (file === null) return null;
  try {
    const { shape, wholeBytes } = await findPieces(file);
    if (shape === 'empty') {
      await rm(path, { force: true });
      return null;
    }
    if (shape === 'plain') return await rename(folder, fileName, film, wholeBytes);
    return await rewrite(folder, fileName, film, wholeBytes).catch(async (error: unknown) => {
      if (codeOf(error) === 'EEXIST') throw error;
      await file.truncate(wholeBytes);
      return await rename(folder, fileName, film, wholeBytes);
    });
  } finally {
    await file.close();
  }
}

async function rename(
  folder: string,
  from: string,
  film: UnfinishedFilm,
  sizeBytes: number,
): Promise<WrittenFilm> {
  const reader = await FilmReader.open(join(folder, from));
  let end = 0;
  try {
    for (let picture = await reader.next(); picture !== null; picture = await reader.next()) {
      end = picture.ticks + picture.durationTicks;
    }
  } finally {
    await reader.close();
  }
  const fileName = await giveName(folder, from, film.name, film.ending);
  return { fileName, sizeBytes, durationUs: microseconds(end) };
}

async function rewrite(
  folder: string,
  from: string,
  film: UnfinishedFilm,
  wholeBytes: number,
): Promise<WrittenFilm> {
  const path = join(folder, from);
  const before = await stat(path);
  const target = await FilmFile.mend(folder, film.name, film.ending);
  try {
    const reader = await FilmReader.open(path);
    const end = await copy(reader, target, before.mtime, wholeBytes).finally(() => reader.close());
    const { size, mtimeMs } = await stat(path);
    if (size !== before.size || mtimeMs !== before.mtimeMs) {
      throw Object.assign(new Error('Somebody still writes there.'), { code: 'EEXIST' });
    }
    const sizeBytes = target.sizeBytes;
    const fileName = await target.keep();
    await rm(path, { force: true });
    return { fileName, sizeBytes, durationUs: microseconds(end) };
  } catch (error) {
    await target.discard();
    throw error;
  }
}

/** Returns where the last picture ends, in ticks. */
async function copy(
  reader: FilmReader,
  target: FilmFile,
  madeAt: Date,
  wholeBytes: number,
): Promise<number> {
  const muxer = await FilmMuxer.open(reader.format, madeAt, target);
  try {
    let end = 0;
    let unwritten = 0;
    for (;;) {
      const picture = await reader.next();
      if (picture === null || picture.endsAt > wholeBytes || !isWhole(reader, picture)) break;
      await muxer.add(picture);
      end = picture.ticks + picture.durationTicks;
      unwritten += picture.data.byteLength;
      if (unwritten < PIECE_EVERY_BYTES) continue;
      await muxer.flush();
      unwritten = 0;
    }
    if (end === 0) throw new Error('There is no picture that could be read.');
    await muxer.flush();
    await muxer.finish();
    return end;
  } finally {
    muxer.close();
  }
}

/**
 * After a power cut the last bytes of a file may be zeros. In H.264 each NAL unit says its length, and
 * the lengths of a picture must add up.
 */
function isWhole({ format }: FilmReader, { data }: ReadPicture): boolean {
  if (format.codec === 'jpeg') return data[0] === 0xff && data[1] === 0xd8;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  while (at + 4 < data.byteLength) {
    const length = view.getUint32(at);
    if (length === 0) return false;
    at += 4 + length;
  }
  return at === data.byteLength;
}

function microseconds(ticks: number): number {
  return Math.round((ticks / FILM_TICKS_PER_SECOND) * 1e6);
}

async function openThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
