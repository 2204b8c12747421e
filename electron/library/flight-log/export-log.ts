import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StationError } from '../../base/failures.ts';
import { syncFile } from '../../base/sync-file.ts';
import { diskFailureOf } from '../disk-failure.ts';
import { ASS_HEAD, assLine, type Caption, Captions, subRip } from './as-subtitles.ts';
import { TABLE_HEAD, tableRow } from './as-table.ts';
import { readLog } from './read-log.ts';

/** Reading and writing an hour of flight takes seconds; a disk that needs longer hangs. */
const EXPORT_WITHIN_MS = 60_000;
/** What is collected before it is written. */
const WRITE_EVERY_CHARS = 64 * 1_024;
/** More than a battery lasts for. */
const MAX_FILMS = 100;

/** A film of the flight: its name without ending, and what it is called on the disk. */
export type FilmOfFlight = { name: string; startMs: number };

/** Writes a flight log as a table or as JSON beside itself. Returns the path. */
export async function exportLog(
  logPath: string,
  basePath: string,
  format: 'csv' | 'json',
): Promise<string> {
  const path = `${basePath}.${format}`;
  let first = true;
  await write(path, async (put) => {
    await put(format === 'csv' ? TABLE_HEAD : '[\n');
    for await (const line of readLog(logPath, AbortSignal.timeout(EXPORT_WITHIN_MS))) {
      if (format === 'csv') await put(tableRow(line));
      else await put(`${first ? '' : ',\n'}${JSON.stringify(line)}`);
      first = false;
    }
    if (format === 'json') await put('\n]\n');
  });
  return path;
}

/**
 * Writes what the drone said during a film as subtitles, beside the film and by its name, where every
 * player finds them.
 */
export async function exportSubtitles(
  logPath: string,
  basePath: string,
  filmStartMs: number,
  format: 'srt' | 'ass',
): Promise<string> {
  const path = `${basePath}.${format}`;
  await write(path, async (put) => {
    if (format === 'ass') await put(ASS_HEAD);
    const ready: Caption[] = [];
    const captions = new Captions(filmStartMs, (caption) => ready.push(caption));
    let number = 0;
    const putReady = async () => {
      for (const caption of ready.splice(0)) {
        number++;
        await put(format === 'srt' ? subRip(caption, number) : assLine(caption));
      }
    };
    for await (const line of readLog(logPath, AbortSignal.timeout(EXPORT_WITHIN_MS))) {
      if (line.type === 'state') captions.state(line);
      await putReady();
    }
    captions.end();
    await putReady();
  });
  return path;
}

/** The films that were recorded during a flight. */
export async function filmsOf(logPath: string): Promise<FilmOfFlight[]> {
  const films: FilmOfFlight[] = [];
  for await (const line of readLog(logPath, AbortSignal.timeout(EXPORT_WITHIN_MS))) {
    if (line.type === 'film' && films.length < MAX_FILMS) {
      films.push({ name: line.name, startMs: line.t });
    }
  }
  return films;
}

/** Whole or not at all, and over a former one of the same name. */
async function write(
  path: string,
  fill: (put: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.part`;
  let file: FileHandle | null = null;
  try {
    const target = await open(temporary, 'w');
    file = target;
    let waiting = '';
    await fill(async (text) => {
      waiting += text;
      if (waiting.length < WRITE_EVERY_CHARS) return;
      const part = waiting;
      waiting = '';
      await target.appendFile(part);
    });
    await target.appendFile(waiting);
    await syncFile(target);
    await target.close();
    file = null;
    await rename(temporary, path);
  } catch (error) {
    await file?.close();
    await rm(temporary, { force: true });
    throw exportFailure(error, dirname(path));
  }
}

function exportFailure(error: unknown, folder: string): StationError {
  if (error instanceof Error && error.name === 'AbortError') {
    return new StationError('write-failed', 'The export took too long.', {
      tip: `See to the disk with ${folder}.`,
      cause: error,
    });
  }
  return diskFailureOf('The export', error, folder);
}
