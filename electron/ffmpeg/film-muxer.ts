import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_MJPEG,
  AV_PKT_FLAG_KEY,
  AVFMT_FLAG_FLUSH_PACKETS,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_SET,
  AVSEEK_SIZE,
  type AVSeekWhence,
} from 'node-av/constants';
import { Dictionary, FormatContext, IOContext, Packet, Rational } from 'node-av/lib';
import { mustSucceed } from './status.ts';

/** Ticks a second of a film's clock: the usual one of MPEG, finer than any camera. */
export const FILM_TICKS_PER_SECOND = 90_000;
/** What FFmpeg collects before it calls back: a fragment of half a second in some calls. */
const IO_BUFFER_BYTES = 256 * 1024;
/** AVERROR(EIO); what really happened is thrown instead. */
const EIO = -5;

/**
 * Fragments where we say (`frag_custom`), not at keyframes, which are rare under loss; a header that
 * needs nothing from the end (`empty_moov`); and at the end a plain film with one table of contents, for
 * which only some bytes at the front are written over (`hybrid_fragmented`).
 */
const MOVFLAGS = 'frag_custom+empty_moov+default_base_moof+hybrid_fragmented';

export type FilmFormat = {
  codec: 'h264' | 'jpeg';
  width: number;
  height: number;
  /** H.264: SPS and PPS, Annex B. JPEG: empty. */
  parameterSets: Uint8Array;
};

/** Where the film goes. */
export type FilmSink = {
  write(bytes: Uint8Array): Promise<void>;
  seek(position: number): Promise<void>;
  readonly sizeBytes: number;
};

export type FilmPacket = {
  data: Uint8Array;
  keyframe: boolean;
  /** When it is shown, in ticks since the film's first picture; grows from packet to packet. */
  ticks: number;
  /** How long it is shown, as far as anybody knows: it counts for the last picture only. */
  durationTicks: number;
};

/** The endings of films by what is in them: JPEG pictures belong into QuickTime's own container. */
export function filmEnding(codec: FilmFormat['codec']): 'mp4' | 'mov' {
  return codec === 'h264' ? 'mp4' : 'mov';
}

/** Puts encoded pictures into a film as they are, with true times. Runs in a child. */
export class FilmMuxer {
  readonly #sink: FilmSink;
  readonly #context = new FormatContext();
  readonly #io = new IOContext();
  readonly #packet = new Packet();
  #position = 0;
  #sinkError: unknown = null;
  #closed = false;

  private constructor(sink: FilmSink) {
    this.#sink = sink;
  }

  /** Writes the header. @throws what the sink throws, or Error with FFmpeg's words */
  static async open(format: FilmFormat, madeAt: Date, sink: FilmSink): Promise<FilmMuxer> {
    const muxer = new FilmMuxer(sink);
    try {
      await muxer.#writeHeader(format, madeAt);
      return muxer;
    } catch (error) {
      muxer.close();
      throw error;
    }
  }

  async #writeHeader(format: FilmFormat, madeAt: Date): Promise<void> {
    const context = this.#context;
    this.#packet.alloc();
    mustSucceed(
      context.allocOutputContext2(null, filmEnding(format.codec), null),
      'prepare the film',
    );
    const stream = context.newStream(null);
    const parameters = stream.codecpar;
    parameters.codecType = AVMEDIA_TYPE_VIDEO;
    parameters.codecId = format.codec === 'h264' ? AV_CODEC_ID_H264 : AV_CODEC_ID_MJPEG;
    parameters.width = format.width;
    parameters.height = format.height;
    if (format.parameterSets.byteLength > 0) parameters.extradata = view(format.parameterSets);
    stream.timeBase = new Rational(1, FILM_TICKS_PER_SECOND);
    this.#io.allocContextWithCallbacks(
      IO_BUFFER_BYTES,
      1,
      null,
      (bytes) => this.#write(bytes),
      (offset, whence) => this.#seek(offset, whence),
    );
    context.pb = this.#io;
    context.setFlags(AVFMT_FLAG_FLUSH_PACKETS);
    context.metadata = Dictionary.fromObject({ creation_time: madeAt.toISOString() });
    const options = Dictionary.fromObject({
      movflags: MOVFLAGS,
      video_track_timescale: String(FILM_TICKS_PER_SECOND),
    });
    this.#check(await context.writeHeader(options), 'begin the film');
  }

  /** Takes a picture; it is in the file after the next `flush`. */
  async add({ data, keyframe, ticks, durationTicks }: FilmPacket): Promise<void> {
    const packet = this.#packet;
    packet.data = view(data);
    packet.streamIndex = 0;
    packet.pts = BigInt(ticks);
    packet.dts = BigInt(ticks);
    packet.duration = BigInt(durationTicks);
    if (keyframe) packet.setFlags(AV_PKT_FLAG_KEY);
    else packet.clearFlags(AV_PKT_FLAG_KEY);
    const status = await this.#context.writeFrame(packet);
    packet.unref();
    this.#check(status, 'add a picture to the film');
  }

  /** Writes a fragment with all pictures taken since the last one. */
  async flush(): Promise<void> {
    this.#check(await this.#context.writeFrame(null), 'write a piece of the film');
  }

  /** Turns it into a plain film. If that fails it stays one of fragments, which plays as well. */
  async finish(): Promise<void> {
    this.#check(await this.#context.writeTrailer(), 'end the film');
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#packet.free();
    this.#context.pb = null;
    this.#io.freeContext();
    this.#context.freeContext();
  }

  async #write(bytes: Uint8Array): Promise<number> {
    if (this.#sinkError !== null) return EIO;
    try {
      await this.#sink.write(bytes);
      this.#position += bytes.byteLength;
      return bytes.byteLength;
    } catch (error) {
      this.#sinkError = error;
      return EIO;
    }
  }

  async #seek(offset: bigint, whence: AVSeekWhence): Promise<bigint> {
    const size = this.#sink.sizeBytes;
    if (whence === AVSEEK_SIZE) return BigInt(size);
    const from = whence === AVSEEK_SET ? 0 : whence === AVSEEK_CUR ? this.#position : size;
    if (whence === AVSEEK_END || whence === AVSEEK_CUR || whence === AVSEEK_SET) {
      try {
        await this.#sink.seek(from + Number(offset));
        this.#position = from + Number(offset);
        return BigInt(this.#position);
      } catch (error) {
        this.#sinkError = error;
      }
    }
    return BigInt(EIO);
  }

  #check(status: number, what: string): void {
    if (this.#sinkError !== null) throw this.#sinkError;
    mustSucceed(status, what);
  }
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
