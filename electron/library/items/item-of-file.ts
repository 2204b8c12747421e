import { createHash } from 'node:crypto';
import { FLIGHT_LOG_ENDING } from '../../../shared/flight-log.ts';
import type { Item, ItemKind } from '../../../shared/library.ts';
import { unfinishedFilm } from '../../media/unfinished-films.ts';

type Ending = { kind: ItemKind; mediaType: string };

const ENDINGS: ReadonlyMap<string, Ending> = new Map([
  ['.jpg', { kind: 'photo', mediaType: 'image/jpeg' }],
  ['.jpeg', { kind: 'photo', mediaType: 'image/jpeg' }],
  ['.png', { kind: 'photo', mediaType: 'image/png' }],
  ['.mp4', { kind: 'film', mediaType: 'video/mp4' }],
  ['.mov', { kind: 'film', mediaType: 'video/quicktime' }],
  [FLIGHT_LOG_ENDING, { kind: 'flight', mediaType: 'application/x-ndjson' }],
]);

const OUR_TIME = /^(\d{4})-(\d\d)-(\d\d) (\d\d)\.(\d\d)\.(\d\d)\.(\d{3}) /;

/** A file's name without its ending, and the ending; null for what has no place in the library. */
export function splitName(fileName: string): { base: string; ending: string } | null {
  if (fileName.startsWith('.') || unfinishedFilm(fileName) !== null) return null;
  const lower = fileName.toLowerCase();
  for (const ending of ENDINGS.keys()) {
    if (lower.endsWith(ending) && lower.length > ending.length) {
      const at = fileName.length - ending.length;
      return { base: fileName.slice(0, at), ending: fileName.slice(at) };
    }
  }
  return null;
}

/** What the library knows of a file by its name, size and time; null for what has no place in it. */
export function itemOfFile(fileName: string, sizeBytes: number, changedAtMs: number): Item | null {
  const split = splitName(fileName);
  const ending = split && ENDINGS.get(split.ending.toLowerCase());
  if (!ending) return null;
  const takenAtMs = timeInName(fileName) ?? changedAtMs;
  return {
    id: itemId(fileName),
    ...ending,
    fileName,
    sizeBytes,
    changedAtMs,
    takenAtMs,
    day: dayOf(takenAtMs),
  };
}

/** Names may hold anything; what stands for them in requests and addresses is made of harmless letters. */
function itemId(fileName: string): string {
  return createHash('sha256').update(fileName).digest('base64url').slice(0, 22);
}

/** When one of our own files was made: its name says so, and survives every copy. */
function timeInName(fileName: string): number | null {
  const parts = OUR_TIME.exec(fileName)?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts;
  const at = new Date(year, month - 1, day, hour, minute, second, ms).getTime();
  return Number.isFinite(at) ? at : null;
}

function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
