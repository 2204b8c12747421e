import type { FileHandle } from 'node:fs/promises';

/** Size and type; a 64-bit size follows where the size says 1. */
const BOX_HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;

export type FilmPieces = {
  /** `pieces`: as it is while it grows. `plain`: finished, only its name was not given. */
  shape: 'pieces' | 'plain' | 'empty';
  /** Up to here every piece is whole: a header, and pairs of a table (`moof`) and its pictures (`mdat`). */
  wholeBytes: number;
};

/** Looks which part of an unfinished film is whole (ISO 14496-12, boxes on the top level). */
export async function findPieces(file: FileHandle): Promise<FilmPieces> {
  const { size } = await file.stat();
  let at = 0;
  let wholeBytes = 0;
  let hasPieces = false;
  let hasPictures = false;
  let isAfterTable = false;
  for (;;) {
    const box = await boxAt(file, at);
    if (box === null || at + box.bytes > size) break;
    at += box.bytes;
    if (box.type === 'mdat') {
      hasPictures = true;
      hasPieces ||= isAfterTable;
      if (isAfterTable) wholeBytes = at;
    }
    // The table of contents of a film whose front was not written over yet: it is made again.
    if (box.type === 'moov' && hasPieces) break;
    if (box.type === 'moov' && hasPictures) return { shape: 'plain', wholeBytes: at };
    isAfterTable = box.type === 'moof';
  }
  return { shape: hasPieces ? 'pieces' : 'empty', wholeBytes };
}

async function boxAt(
  file: FileHandle,
  at: number,
): Promise<{ type: string; bytes: number } | null> {
  const header = Buffer.alloc(LARGE_HEADER_BYTES);
  const { bytesRead } = await file.read(header, 0, LARGE_HEADER_BYTES, at);
  if (bytesRead < BOX_HEADER_BYTES) return null;
  const short = header.readUInt32BE(0);
  if (short === 1 && bytesRead < LARGE_HEADER_BYTES) return null;
  const bytes = short === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : short;
  // 0 would mean "to the end of the file", which this app never writes.
  return bytes < BOX_HEADER_BYTES ? null : { type: header.toString('latin1', 4, 8), bytes };
}
