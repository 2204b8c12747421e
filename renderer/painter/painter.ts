import type { FrameLink } from '../../shared/client.ts';
import { CLOSE_CODES } from '../../shared/close-codes.ts';
import type { FrameMessage, StationMessage, StreamFormat } from '../../shared/frames.ts';
import { type FrameLinkEnd, joinFrameLink } from './frame-link-end.ts';
import { H264Player } from './h264-player.ts';
import { JpegPlayer } from './jpeg-player.ts';
import type { PageToPainter, PainterToPage } from './messages.ts';
import { Meter } from './meter.ts';
import { PictureCanvas, sizeOf } from './picture-canvas.ts';
import type { DecodedPicture, Player, PlayerListener } from './player.ts';
import { nowUs, StationClock } from './station-clock.ts';

/** No generation of the station's has this number. */
const NONE = -1;

/** Shows what comes over the frame link: message → decoder → canvas, and says how well it goes. */
export class Painter {
  readonly #say: (message: PainterToPage) => void;
  readonly #clock = new StationClock();
  #canvas: PictureCanvas | null = null;
  #link: FrameLinkEnd | null = null;
  #player: Player | null = null;
  #generation = NONE;
  #lastSeq = NONE;
  /** Whether a frame of this generation came that was to be shown: what is skipped later is a loss. */
  #started = false;
  /** Turned away: as many watch already as may. True until the station says something on a link. */
  #isCrowded = false;
  #waitingSinceUs = nowUs();
  #meter = new Meter(NONE, this.#waitingSinceUs);

  constructor(say: (message: PainterToPage) => void) {
    this.#say = say;
  }

  handle(message: PageToPainter): void {
    switch (message.type) {
      case 'canvas':
        this.#canvas = new PictureCanvas(message.canvas);
        break;
      case 'view':
        this.#canvas?.setView(message);
        break;
      case 'link':
        this.#connect(message.link);
        break;
    }
  }

  /** Compares the clocks once more; called every second. */
  compareClocks(): void {
    this.#link?.send({ type: 'clockQuery', askedAtUs: nowUs() });
  }

  sayMeters(): void {
    const now = nowUs();
    const meters = this.#meter.read(now, this.#clock.stationNowUs(now));
    const unable = this.#isCrowded ? ({ kind: 'crowded' } as const) : meters.unable;
    this.#say({ type: 'meters', ...meters, unable });
  }

  #connect(link: FrameLink<MessagePort>): void {
    this.#link?.close();
    this.#clock.forget();
    this.#startGeneration(NONE);
    const end = joinFrameLink(link, {
      open: () => {
        this.#waitingSinceUs = nowUs();
        this.compareClocks();
        end.send({ type: 'ready' });
      },
      message: (message) => {
        this.#isCrowded = false;
        this.#receive(message);
      },
      lost: (closeCode) => {
        this.#isCrowded = closeCode === CLOSE_CODES.tooManyViewers;
        this.#say({ type: 'link-lost' });
      },
    });
    this.#link = end;
  }

  #receive(message: StationMessage): void {
    switch (message.type) {
      case 'clock':
        this.#clock.compare(message.askedAtUs, message.stationUs, nowUs());
        break;
      case 'format':
        if (message.generation !== this.#generation) this.#startGeneration(message.generation);
        this.#setFormat(message);
        break;
      case 'frame':
        this.#decode(message);
        break;
      case 'end':
        this.#waitingSinceUs = nowUs();
        this.#startGeneration(NONE);
        this.#canvas?.clear();
        break;
    }
  }

  #startGeneration(generation: number): void {
    this.#generation = generation;
    this.#lastSeq = NONE;
    this.#started = false;
    this.#player?.close();
    this.#player = null;
    this.#meter = new Meter(generation, this.#waitingSinceUs);
  }

  #setFormat(format: StreamFormat): void {
    // A new size comes with a keyframe, and the decoder takes it from there: nothing is lost in between.
    if (this.#player !== null && this.#player.format.codecString === format.codecString) return;
    this.#player?.close();
    this.#meter.able();
    const listener = this.#playerListener();
    this.#player =
      format.codec === 'h264' ? new H264Player(format, listener) : new JpegPlayer(format, listener);
  }

  #decode(frame: FrameMessage): void {
    if (frame.generation !== this.#generation || this.#player === null) return;
    if (this.#lastSeq !== NONE) this.#meter.dropped(Math.max(0, frame.seq - this.#lastSeq - 1));
    if (frame.catchUp && !frame.madeUp && this.#started && frame.seq > this.#lastSeq)
      this.#meter.dropped(1);
    if (!frame.catchUp && !frame.madeUp) this.#started = true;
    this.#lastSeq = Math.max(this.#lastSeq, frame.seq);
    this.#player.decode(frame);
  }

  #playerListener(): PlayerListener {
    const generation = this.#generation;
    return {
      picture: (picture, frame) => this.#draw(picture, frame),
      givenUp: (frame, why) => {
        if (why === 'dropped') this.#meter.dropped(1);
        this.#acknowledge(frame, Number.NaN);
      },
      decodeError: () => this.#meter.decodeError(),
      restart: () => {
        if (generation === this.#generation) this.#link?.send({ type: 'restart' });
      },
      unable: (reason) => {
        if (generation === this.#generation) this.#meter.unable(reason);
      },
    };
  }

  #draw(picture: DecodedPicture, frame: FrameMessage): void {
    const size = sizeOf(picture);
    this.#canvas?.draw(picture);
    picture.close();
    const now = nowUs();
    const stationNow = this.#clock.stationNowUs(now);
    const delayMs = stationNow === null ? null : (stationNow - frame.capturedAtUs) / 1_000;
    this.#meter.drawn({ nowUs: now, capturedAtUs: frame.capturedAtUs, delayMs }, size);
    this.#acknowledge(frame, delayMs ?? Number.NaN);
  }

  #acknowledge(frame: FrameMessage, delayMs: number): void {
    this.#link?.send({ type: 'drawn', generation: frame.generation, seq: frame.seq, delayMs });
  }
}
