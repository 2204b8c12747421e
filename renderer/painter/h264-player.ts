import type { FrameMessage, StreamFormat } from '../../shared/frames.ts';
import { GroupOfPictures } from './group-of-pictures.ts';
import type { Player, PlayerListener } from './player.ts';

/** Replays of one group before the rest of it is given up: each costs up to 60 ms of decoding. */
const MAX_REPLAYS_PER_GROUP = 6;

/**
 * H.264 over WebCodecs: Annex B, no `description`, `optimizeForLatency` (2 ms a frame instead of 34).
 * WebCodecs closes a decoder at the first error. So a new one is made and the group of pictures is
 * replayed without the unit it choked on: at 2 % datagram loss this shows twice as many pictures as
 * waiting for the next keyframe (measured; see the field notes in ARCHITECTURE.md).
 */
export class H264Player implements Player {
  readonly format: StreamFormat;
  readonly #listener: PlayerListener;
  readonly #group = new GroupOfPictures();
  /** Frames given to the decoder whose picture has not come out, oldest first, by sequence number. */
  readonly #inDecoder = new Map<number, FrameMessage>();
  #decoder: VideoDecoder | null = null;
  #replaysLeft = MAX_REPLAYS_PER_GROUP;
  /** Pictures up to this one were drawn or given up already: a replay only rebuilds references. */
  #settledSeq = -1;
  #hasShownPicture = false;

  constructor(format: StreamFormat, listener: PlayerListener) {
    this.format = format;
    this.#listener = listener;
  }

  decode(frame: FrameMessage): void {
    if (frame.keyframe) this.#replaysLeft = MAX_REPLAYS_PER_GROUP;
    if (!this.#group.add(frame)) {
      this.#settle(frame, 'dropped');
      return;
    }
    this.#decoder ??= this.#openDecoder();
    this.#feed(frame);
  }

  close(): void {
    this.#closeDecoder();
    this.#group.clear();
  }

  #openDecoder(): VideoDecoder {
    const decoder = new VideoDecoder({
      output: (picture) => {
        if (this.#decoder === decoder) this.#receive(picture);
        else picture.close();
      },
      error: (error) => {
        if (this.#decoder === decoder) this.#recover(error);
      },
    });
    decoder.configure({
      codec: this.format.codecString,
      codedWidth: this.format.width,
      codedHeight: this.format.height,
      optimizeForLatency: true,
      // Software decodes 960x720 in 2 ms everywhere; hardware decoders start slowly, and some hold frames back.
      hardwareAcceleration: 'prefer-software',
    });
    return decoder;
  }

  #feed(frame: FrameMessage): void {
    this.#inDecoder.set(frame.seq, frame);
    const type = frame.keyframe ? 'key' : 'delta';
    try {
      // The sequence number is the timestamp: it comes back with the picture.
      this.#decoder?.decode(
        new EncodedVideoChunk({ type, timestamp: frame.seq, data: frame.data }),
      );
    } catch (error) {
      this.#recover(error);
    }
  }

  #receive(picture: VideoFrame): void {
    const frame = this.#inDecoder.get(picture.timestamp);
    if (frame === undefined) {
      picture.close();
      return;
    }
    // Output is in order: whatever went in before this one and did not come out never will.
    for (const [seq, older] of this.#inDecoder) {
      if (seq > frame.seq) break;
      this.#inDecoder.delete(seq);
      if (seq < frame.seq) this.#settle(older, 'dropped');
    }
    this.#hasShownPicture = true;
    if (frame.seq <= this.#settledSeq) {
      picture.close();
    } else if (frame.catchUp) {
      picture.close();
      this.#settle(frame, 'catch-up');
    } else {
      this.#settledSeq = frame.seq;
      this.#listener.picture(picture, frame);
    }
  }

  /** The decoder is closed: a new one gets the group again, without the first unit that gave no picture. */
  #recover(error: unknown): void {
    const isUnsupported = error instanceof DOMException && error.name === 'NotSupportedError';
    if (isUnsupported && !this.#hasShownPicture) {
      this.close();
      this.#listener.unable(
        `This computer cannot decode ${this.format.codecString} video.`,
        'Install the missing video codecs, or use a current Chromium or Chrome.',
      );
      return;
    }
    this.#listener.decodeError();
    const [bad] = this.#inDecoder.values();
    this.#closeDecoder();
    if (bad !== undefined) {
      this.#group.remove(bad.seq);
      this.#settle(bad, 'dropped');
    }
    if (this.#replaysLeft === 0) this.#giveGroupUp();
    this.#replaysLeft--;
    if (this.#group.units().length === 0) return;
    this.#decoder = this.#openDecoder();
    for (const unit of this.#group.units()) this.#feed(unit);
  }

  #giveGroupUp(): void {
    for (const unit of this.#group.units()) this.#settle(unit, 'dropped');
    this.#group.clear();
    this.#replaysLeft = 1;
  }

  #settle(frame: FrameMessage, why: 'catch-up' | 'dropped'): void {
    if (frame.seq <= this.#settledSeq) return;
    this.#settledSeq = frame.seq;
    this.#listener.givenUp(frame, frame.catchUp ? 'catch-up' : why);
  }

  #closeDecoder(): void {
    const decoder = this.#decoder;
    this.#decoder = null;
    this.#inDecoder.clear();
    if (decoder !== null && decoder.state !== 'closed') decoder.close();
  }
}
