import { FilmEncoder } from '../../ffmpeg/film-encoder.ts';
import {
  FILM_TICKS_PER_SECOND,
  type FilmFormat,
  FilmMuxer,
  filmEnding,
} from '../../ffmpeg/film-muxer.ts';
import type { WrittenFilm } from '../recorder-messages.ts';
import { FilmFile } from './film-file.ts';

const TICKS_PER_US = FILM_TICKS_PER_SECOND / 1e6;
/** How long the last picture is taken to be shown when nothing tells: the frame time of 30 fps. */
const USUAL_DURATION_TICKS = FILM_TICKS_PER_SECOND / 30;
/** A picture that stands for longer is a gap, not the camera's pace. */
const LONGEST_PACE_TICKS = FILM_TICKS_PER_SECOND / 4;
/** Pieces are written by the clock; a source that sends this much in between must not fill memory. */
const MAX_UNWRITTEN_BYTES = 4 * 1024 * 1024;

export type FilmPlace = { folder: string; name: string };

/** One film from its first picture to its name. Calls must follow one another. */
export class Film {
  readonly format: FilmFormat;
  readonly #file: FilmFile;
  readonly #muxer: FilmMuxer;
  readonly #encoder: FilmEncoder | null;
  #firstUs: number | null = null;
  #lastTicks = -1;
  /** The newest picture that is in a piece. */
  #wholeTicks = -1;
  #paceTicks = USUAL_DURATION_TICKS;
  #unwrittenBytes = 0;

  private constructor(
    format: FilmFormat,
    file: FilmFile,
    muxer: FilmMuxer,
    encoder: FilmEncoder | null,
  ) {
    this.format = format;
    this.#file = file;
    this.#muxer = muxer;
    this.#encoder = encoder;
  }

  /**
   * Begins a film of pictures of this format, in a file that plays from its first piece on.
   * @param encode turns JPEG pictures into H.264 on their way
   */
  static async begin(place: FilmPlace, format: FilmFormat, encode: boolean): Promise<Film> {
    const { width, height } = format;
    const encoder = encode ? await FilmEncoder.open(width, height) : null;
    const kept: FilmFormat =
      encoder === null
        ? format
        : { codec: 'h264', width, height, parameterSets: encoder.parameterSets };
    let file: FilmFile | null = null;
    try {
      file = await FilmFile.record(place.folder, place.name, filmEnding(kept.codec));
      const muxer = await FilmMuxer.open(kept, new Date(), file);
      return new Film(format, file, muxer, encoder);
    } catch (error) {
      encoder?.close();
      await file?.discard();
      throw error;
    }
  }

  /** What it will be called, without its ending. */
  get name(): string {
    return this.#file.name;
  }

  get growingName(): string {
    return this.#file.growingName;
  }

  get sizeBytes(): number {
    return this.#file.sizeBytes;
  }

  get durationUs(): number {
    return this.#lastTicks < 0 ? 0 : Math.round((this.#lastTicks + this.#paceTicks) / TICKS_PER_US);
  }

  /** Whether it holds a picture: a film without one is not worth a file. */
  get isEmpty(): boolean {
    return this.#lastTicks < 0;
  }

  /** Returns whether the picture could be used. */
  async add(data: Uint8Array, keyframe: boolean, capturedAtUs: number): Promise<boolean> {
    this.#firstUs ??= capturedAtUs;
    // Two pictures may arrive in one tick, and a clock may step back; a film's time goes forward only.
    const sinceFirst = Math.round((capturedAtUs - this.#firstUs) * TICKS_PER_US);
    const ticks = Math.max(sinceFirst, this.#lastTicks + 1);
    const picture = await this.#picture(data, keyframe, ticks);
    if (picture === null) return false;
    const stepTicks = ticks - this.#lastTicks;
    if (this.#lastTicks >= 0 && stepTicks <= LONGEST_PACE_TICKS) this.#paceTicks = stepTicks;
    this.#lastTicks = ticks;
    await this.#muxer.add({ ...picture, ticks, durationTicks: this.#paceTicks });
    this.#unwrittenBytes += picture.data.byteLength;
    if (this.#unwrittenBytes > MAX_UNWRITTEN_BYTES) await this.writePiece();
    return true;
  }

  /** Writes what came since the last piece. Returns whether there was anything. */
  async writePiece(): Promise<boolean> {
    if (this.#unwrittenBytes === 0) return false;
    await this.#muxer.flush();
    this.#unwrittenBytes = 0;
    this.#wholeTicks = this.#lastTicks;
    this.#file.markWhole();
    return true;
  }

  syncSoon(onFailure: (error: unknown) => void): void {
    this.#file.syncSoon(onFailure);
  }

  touch(): Promise<void> {
    return this.#file.touch();
  }

  /** Ends it as a plain film and gives it its name. */
  async finish(): Promise<WrittenFilm> {
    await this.writePiece();
    await this.#muxer.finish();
    return await this.#keep();
  }

  /** Ends it where something failed: what was whole is kept, as the film of pieces that it is. */
  async abandon(): Promise<WrittenFilm | null> {
    this.#close();
    if (this.#file.wholeBytes === 0) {
      await this.#file.discard();
      return null;
    }
    await this.#file.cutToWhole();
    this.#lastTicks = this.#wholeTicks;
    return await this.#keep();
  }

  async #keep(): Promise<WrittenFilm> {
    this.#close();
    const sizeBytes = this.#file.sizeBytes;
    return { fileName: await this.#file.keep(), sizeBytes, durationUs: this.durationUs };
  }

  #close(): void {
    this.#muxer.close();
    this.#encoder?.close();
  }

  async #picture(data: Uint8Array, keyframe: boolean, ticks: number) {
    return this.#encoder === null ? { data, keyframe } : await this.#encoder.encode(data, ticks);
  }
}
