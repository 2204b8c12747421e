import { AV_CODEC_ID_H264, AV_PKT_FLAG_KEY, AVERROR_EOF } from 'node-av/constants';
import { FormatContext, Packet } from 'node-av/lib';
import { FILM_TICKS_PER_SECOND, type FilmFormat } from './film-muxer.ts';
import { mustHave, mustSucceed } from './status.ts';

export type ReadPicture = {
  data: Uint8Array;
  keyframe: boolean;
  ticks: number;
  durationTicks: number;
  /** Where in the file it ends. */
  endsAt: number;
};

/** Takes the pictures out of a film as they are. Runs in a child. */
export class FilmReader {
  readonly format: FilmFormat;
  readonly #context: FormatContext;
  readonly #packet: Packet;

  private constructor(context: FormatContext, packet: Packet, format: FilmFormat) {
    this.#context = context;
    this.#packet = packet;
    this.format = format;
  }

  /** @throws Error for what is no film of this app's */
  static async open(path: string): Promise<FilmReader> {
    const context = new FormatContext();
    mustSucceed(await context.openInput(`file:${path}`), 'open the film');
    const packet = new Packet();
    packet.alloc();
    try {
      const stream = mustHave(context.streams[0] ?? null, 'stream in this film');
      if (stream.timeBase.den !== FILM_TICKS_PER_SECOND)
        throw new Error('This film has a strange clock.');
      const { codecId, width, height, extradata } = stream.codecpar;
      return new FilmReader(context, packet, {
        codec: codecId === AV_CODEC_ID_H264 ? 'h264' : 'jpeg',
        width,
        height,
        parameterSets: new Uint8Array(extradata ?? []),
      });
    } catch (error) {
      packet.free();
      await context.closeInput();
      throw error;
    }
  }

  /** The next picture; null at the end, or where nothing can be read any more. */
  async next(): Promise<ReadPicture | null> {
    const packet = this.#packet;
    packet.unref();
    const status = await this.#context.readFrame(packet);
    if (status === AVERROR_EOF || status < 0 || packet.data === null) return null;
    const data = new Uint8Array(packet.data);
    return {
      data,
      keyframe: packet.hasFlags(AV_PKT_FLAG_KEY),
      ticks: Number(packet.pts),
      durationTicks: Number(packet.duration),
      endsAt: Number(packet.pos) + data.byteLength,
    };
  }

  async close(): Promise<void> {
    this.#packet.free();
    await this.#context.closeInput();
  }
}
