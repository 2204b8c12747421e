/** What a decoder does with a chunk: `swallow` is Chromium's way with a picture out of order. */
export type DecoderMood = 'draw' | 'swallow' | 'fail';

/** The chunk as WebCodecs has it, as far as the player looks. */
export class FakeEncodedVideoChunk {
  readonly type: string;
  readonly timestamp: number;

  constructor(init: { type: string; timestamp: number }) {
    this.type = init.type;
    this.timestamp = init.timestamp;
  }
}

type Init = { output(picture: object): void; error(error: Error): void };

/** WebCodecs’ decoder at the border of the page: closed by its first error, and sometimes just silent. */
export class FakeVideoDecoder {
  static mood: (timestamp: number) => DecoderMood = () => 'draw';
  static readonly made: FakeVideoDecoder[] = [];
  static openPictures = 0;
  state: 'unconfigured' | 'configured' | 'closed' = 'unconfigured';
  readonly fed: number[] = [];
  readonly #init: Init;

  constructor(init: Init) {
    this.#init = init;
    FakeVideoDecoder.made.push(this);
  }

  static reset(): void {
    FakeVideoDecoder.mood = () => 'draw';
    FakeVideoDecoder.made.length = 0;
    FakeVideoDecoder.openPictures = 0;
  }

  configure(): void {
    this.state = 'configured';
  }

  decode(chunk: FakeEncodedVideoChunk): void {
    if (this.fed.length === 0 && chunk.type !== 'key') throw new Error('a keyframe is required');
    this.fed.push(chunk.timestamp);
    const mood = FakeVideoDecoder.mood(chunk.timestamp);
    queueMicrotask(() => {
      if (this.state === 'closed') return;
      if (mood === 'draw') this.#draw(chunk.timestamp);
      else if (mood === 'fail') {
        this.state = 'closed';
        this.#init.error(new Error('damaged'));
      }
    });
  }

  close(): void {
    this.state = 'closed';
  }

  #draw(timestamp: number): void {
    FakeVideoDecoder.openPictures++;
    const close = () => {
      FakeVideoDecoder.openPictures--;
    };
    this.#init.output({ timestamp, displayWidth: 960, displayHeight: 720, close });
  }
}
