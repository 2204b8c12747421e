import type { FilmFormat } from '../../ffmpeg/film-muxer.ts';
import { parameterSetsOf } from '../../ffmpeg/parameter-sets.ts';
import type { FrameToRecord, FromRecorder, WrittenFilm } from '../recorder-messages.ts';
import { Film } from './film.ts';

/** How often what has come is written and synced: half of the second that may be lost at most. */
const PIECE_EVERY_MS = 500;
/** A message a frame would cost as much as writing it does. */
const SETTLED_TOGETHER = 8;

type Begin = { folder: string; name: string; keepJpeg: boolean };

/**
 * One recording: films one after another, in the order of the messages. A picture of another shape or
 * of other parameter sets begins the next film; a gap in time does not. After a failure nothing more is
 * written, and what was whole before is kept.
 */
export class RecordingJob {
  readonly #begin: Begin;
  readonly #say: (message: FromRecorder) => void;
  readonly #timer: NodeJS.Timeout;
  /** Whatever touches the film waits for what came before. */
  #work: Promise<void> = Promise.resolve();
  #film: Film | null = null;
  #name: string;
  #filmsOfName = 0;
  /** Of finished films. */
  #sizeBytes = 0;
  #durationUs = 0;
  /** Frames done with that have not been spoken of yet. */
  #written = 0;
  #givenUp = 0;
  #over = false;

  constructor(begin: Begin, say: (message: FromRecorder) => void) {
    this.#begin = begin;
    this.#name = begin.name;
    this.#say = say;
    this.#timer = setInterval(() => this.#enqueue(() => this.#writePiece()), PIECE_EVERY_MS);
  }

  frame(frame: FrameToRecord): void {
    this.#enqueue(async () => {
      let written = false;
      try {
        if (!this.#over) written = await this.#write(frame);
      } finally {
        if (written) this.#written++;
        else this.#givenUp++;
        if (this.#written + this.#givenUp >= SETTLED_TOGETHER) this.#settle();
      }
    });
  }

  nextFilm(name: string): void {
    this.#enqueue(async () => {
      await this.#endFilm();
      this.#name = name;
      this.#filmsOfName = 0;
    });
  }

  finish(): void {
    this.#enqueue(async () => {
      if (this.#over) return;
      await this.#endFilm();
      this.#end();
    });
  }

  #settle(): void {
    if (this.#written + this.#givenUp === 0) return;
    this.#say({ type: 'settled', written: this.#written, givenUp: this.#givenUp });
    this.#written = 0;
    this.#givenUp = 0;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => this.#fail(error));
  }

  async #write(frame: FrameToRecord): Promise<boolean> {
    if (frame.codec === 'h264' && !frame.keyframe) {
      // Without its keyframe it is of no use to anybody.
      return this.#film === null ? false : this.#add(this.#film, frame);
    }
    const format: FilmFormat = {
      codec: frame.codec,
      width: frame.width,
      height: frame.height,
      parameterSets: frame.codec === 'h264' ? parameterSetsOf(frame.data) : new Uint8Array(),
    };
    if (this.#film !== null && !isSameFormat(this.#film.format, format)) await this.#endFilm();
    this.#film ??= await this.#beginFilm(format, frame.capturedAtUs);
    return this.#add(this.#film, frame);
  }

  #add(film: Film, { data, keyframe, capturedAtUs }: FrameToRecord): Promise<boolean> {
    return film.add(data, keyframe, capturedAtUs);
  }

  async #beginFilm(format: FilmFormat, firstUs: number): Promise<Film> {
    this.#filmsOfName++;
    const part = this.#filmsOfName === 1 ? '' : ` part ${this.#filmsOfName}`;
    const place = { folder: this.#begin.folder, name: `${this.#name}${part}` };
    const encode = format.codec === 'jpeg' && !this.#begin.keepJpeg;
    const film = await Film.begin(place, format, encode);
    this.#say({
      type: 'begun',
      film: { fileName: film.growingName, name: film.name, firstUs },
    });
    return film;
  }

  async #writePiece(): Promise<void> {
    this.#settle();
    const film = this.#film;
    if (film === null || this.#over) return;
    await film.touch();
    if (!(await film.writePiece())) return;
    film.syncSoon((error) => this.#enqueue(() => Promise.reject(error)));
    this.#say({
      type: 'safe',
      sizeBytes: this.#sizeBytes + film.sizeBytes,
      durationUs: this.#durationUs + film.durationUs,
    });
  }

  async #endFilm(): Promise<void> {
    const film = this.#film;
    if (film === null) return;
    if (film.isEmpty) await film.abandon();
    else this.#kept(await film.finish());
    this.#film = null;
  }

  #kept(film: WrittenFilm): void {
    this.#sizeBytes += film.sizeBytes;
    this.#durationUs += film.durationUs;
    this.#say({ type: 'film', film });
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#over) return;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message : String(error);
    this.#say({ type: 'failed', code, message });
    try {
      const film = await this.#film?.abandon();
      if (film) this.#kept(film);
    } catch (second) {
      const words = second instanceof Error ? second.message : String(second);
      this.#say({ type: 'failed', code, message: `${message}; ${words}` });
    }
    this.#film = null;
    this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#settle();
    clearInterval(this.#timer);
    this.#say({ type: 'finished' });
  }
}

function isSameFormat(a: FilmFormat, b: FilmFormat): boolean {
  return (
    a.codec === b.codec &&
    a.width === b.width &&
    a.height === b.height &&
    Buffer.compare(a.parameterSets, b.parameterSets) === 0
  );
}
