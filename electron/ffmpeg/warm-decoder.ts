import { AV_CODEC_ID_H264, AV_CODEC_ID_MJPEG } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { MAX_FILM_PICTURE_PIXELS } from '../../shared/picture-bounds.ts';
import { mustHave, mustSucceed } from './status.ts';

/** A decoder that stays open from picture to picture: one in, one out. Runs in a child. */
export class WarmDecoder {
  readonly codec: 'h264' | 'jpeg';
  readonly #context = new CodecContext();
  readonly #packet = new Packet();
  readonly #frame = new Frame();

  private constructor(codec: 'h264' | 'jpeg') {
    this.codec = codec;
    this.#packet.alloc();
    this.#frame.alloc();
  }

  static async open(codec: 'h264' | 'jpeg'): Promise<WarmDecoder> {
    const decoder = new WarmDecoder(codec);
    const id = codec === 'h264' ? AV_CODEC_ID_H264 : AV_CODEC_ID_MJPEG;
    const found = mustHave(Codec.findDecoder(id), `${codec} decoder`);
    const context = decoder.#context;
    context.allocContext3(found);
    // Threads would hold pictures back.
    context.threadCount = 1;
    mustSucceed(context.setOption('max_pixels', MAX_FILM_PICTURE_PIXELS), 'bound a picture');
    mustSucceed(await context.open2(found, null), 'start its decoder');
    return decoder;
  }

  /** The picture of one unit, valid until the next call; null where it gives none. */
  async decode(unit: Uint8Array): Promise<Frame | null> {
    const packet = this.#packet;
    packet.data = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
    const sent = await this.#context.sendPacket(packet);
    packet.unref();
    if (sent < 0) return null;
    this.#frame.unref();
    return (await this.#context.receiveFrame(this.#frame)) < 0 ? null : this.#frame;
  }

  close(): void {
    this.#context.freeContext();
    this.#packet.free();
    this.#frame.free();
  }
}
