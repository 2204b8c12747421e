import type { FrameMessage, StreamFormat } from '../../shared/frames.ts';
import type { Unable } from '../../shared/unable.ts';
import { GroupOfPictures } from './group-of-pictures.ts';
import type { Player, PlayerListener } from './player.ts';

/** Replays of one group before the rest of it is given up: each costs up to 60 ms of decoding. */
const MAX_REPLAYS_PER_GROUP = 6;
/**
 * A decoder that holds frames and brings nothing for this long has lost the thread: Chromium's swallows
 * every picture behind a gap with neither output nor error. 2 ms a frame is what decoding takes.
 */
const OUTPUT_WITHIN_MS = 500;
const STALL_CHECK_MS = 100;

/**
 * H.264 over WebCodecs: Annex B, no `description`, `optimizeForLatency` (2 ms a frame instead of 34).
 * WebCodecs closes a decoder at the first error. So a new one is made and the group of pictures is
 * replayed without the unit it choked on: at 2 % datagram loss this showed 177 to 201 of 300 frames,
 * waiting for the next keyframe 61 to 140. Whatever the decoder does, every frame is settled in time.
 */
export class H264Player implements Player {
  readonly format: StreamFormat;
  readonly #listener: PlayerListener;
  readonly #nowMs: () => number;
  readonly #group = new GroupOfPictures();
  /** Frames given to the decoder whose picture has not come out, oldest first, by sequence number. */
  readonly #inDecoder = new Map<number, FrameMessage>();
  readonly #stallTimer: ReturnType<typeof setInterval>;
  #decoder: VideoDecoder | null = null;
  #replaysLeft = MAX_REPLAYS_PER_GROUP;
  /** Pictures up to this one were drawn or given up already: a replay only rebuilds references. */
  #settledSeq = -1;
  #hasShownPicture = false;
  #isUnable = false;
  /** When the decoder last brought something, or was given something while it held nothing. */
  #progressAtMs = 0;
  #checkedAtMs = 0;

  constructor(format: StreamFormat, listener: PlayerListener, nowMs = () => performance.now()) {
    this.format = format;
    this.#listener = listener;
    this.#nowMs = nowMs;
    this.#stallTimer = setInterval(() => this.#checkStall(), STALL_CHECK_MS);
    if (typeof VideoDecoder === 'undefined') {
      this.#giveUp({ kind: 'no-decoder' });
    }
  }

  decode(frame: FrameMessage): void {
    if (frame.keyframe) this.#replaysLeft = MAX_REPLAYS_PER_GROUP;
    if (this.#isUnable || !this.#group.add(frame)) {
      this.#settle(frame, 'dropped');
      return;
    }
    this.#decoder ??= this.#openDecoder();
    this.#feed(frame);
  }

  close(): void {
    clearInterval(this.#stallTimer);
    this.#settleAll();
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
    if (this.#inDecoder.size === 0) this.#progressAtMs = this.#nowMs();
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
    this.#progressAtMs = this.#nowMs();
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
    if (frame.seq <= this.#settledSeq || frame.catchUp || frame.madeUp) {
      picture.close();
      this.#settledSeq = Math.max(this.#settledSeq, frame.seq);
      this.#listener.givenUp(frame, 'catch-up');
    } else {
      this.#settledSeq = frame.seq;
      this.#listener.picture(picture, frame);
    }
  }

  /** The decoder is closed: a new one gets the group again, without the first unit that gave no picture. */
  #recover(error: unknown): void {
    const isUnsupported = error instanceof DOMException && error.name === 'NotSupportedError';
    if (isUnsupported && !this.#hasShownPicture) {
      this.#giveUp({ kind: 'codec', codec: this.format.codecString });
      return;
    }
    this.#listener.decodeError();
    const [bad] = this.#inDecoder.values();
    if (bad !== undefined) {
      this.#group.remove(bad.seq);
      this.#settle(bad, 'dropped');
    }
    this.#startOver();
  }

  /** A new decoder, from the copy of the group if there is one, else from what the station has cached. */
  #startOver(): void {
    const isLastTry = this.#replaysLeft === 0;
    this.#replaysLeft = Math.max(0, this.#replaysLeft - 1);
    const units = isLastTry ? [] : [...this.#group.units()];
    if (units.length === 0) this.#settleAll();
    this.#closeDecoder();
    if (units.length === 0) {
      this.#group.clear();
      // Where even that does not help, the next keyframe does.
      if (!isLastTry) this.#listener.restart();
      return;
    }
    this.#decoder = this.#openDecoder();
    for (const unit of units) this.#feed(unit);
  }

  #checkStall(): void {
    const now = this.#nowMs();
    // A page that slept could not hear of pictures: the wait begins anew.
    if (now - this.#checkedAtMs > OUTPUT_WITHIN_MS) this.#progressAtMs = now;
    this.#checkedAtMs = now;
    if (this.#inDecoder.size === 0 || now - this.#progressAtMs < OUTPUT_WITHIN_MS) return;
    this.#listener.decodeError();
    this.#settleAll();
    this.#startOver();
  }

  #giveUp(reason: Unable): void {
    this.#isUnable = true;
    this.close();
    this.#listener.unable(reason);
  }

  /** Nothing that is in the decoder will be shown. */
  #settleAll(): void {
    for (const frame of this.#inDecoder.values()) this.#settle(frame, 'dropped');
  }

  #settle(frame: FrameMessage, why: 'catch-up' | 'dropped'): void {
    if (frame.seq <= this.#settledSeq) return;
    this.#settledSeq = frame.seq;
    this.#listener.givenUp(frame, frame.catchUp || frame.madeUp ? 'catch-up' : why);
  }

  #closeDecoder(): void {
    const decoder = this.#decoder;
    this.#decoder = null;
    this.#inDecoder.clear();
    if (decoder !== null && decoder.state !== 'closed') decoder.close();
  }
}
