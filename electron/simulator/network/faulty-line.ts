import { NAL_TYPE } from '../bitstream/nal-units.ts';
import type { LineFaults, OutagePlace } from './line-faults.ts';
import { type Fate, LineRecord, type LineReport, type VideoPart } from './line-record.ts';
import { LineLuck, type Luck } from './luck.ts';
import { Outage } from './outage.ts';

/** Five seconds of the densest video this simulator makes; what comes beyond is lost, as in a full queue of a radio. */
const MAX_PAUSED = 10_000;

/** The air between drone and client: loses, doubles, swaps and holds datagrams as the faults say. */
export class FaultyLine<Item> {
  readonly #deliver: (item: Item) => void;
  readonly #luck: LineLuck;
  readonly #record = new LineRecord();
  #faults: LineFaults;
  #outage: Outage | null;
  #seq = 0;
  #overtaken: Item | null = null;
  #paused: Item[] = [];
  #pause: NodeJS.Timeout | null = null;

  constructor(seed: number, faults: LineFaults, deliver: (item: Item) => void) {
    this.#luck = new LineLuck(seed);
    this.#faults = faults;
    this.#outage = faults.outage && new Outage(faults.outage);
    this.#deliver = deliver;
  }

  /** Other faults from now on; what is under way arrives. The very same ones change nothing. */
  set faults(faults: LineFaults) {
    if (faults === this.#faults) return;
    this.flush();
    this.#faults = faults;
    this.#outage = faults.outage && new Outage(faults.outage);
    this.#luck.restart();
  }

  /** Counts datagrams from 0 again, so that they meet the same fates as the first time. */
  restart(): void {
    this.flush();
    this.#seq = 0;
    this.#outage = this.#faults.outage && new Outage(this.#faults.outage);
    this.#luck.restart();
  }

  /** `isSilent`: lost in any case, to a fault beyond this line. */
  send(item: Item, video: VideoPart | null = null, isSilent = false): void {
    const seq = this.#seq++;
    const luck = this.#luck.of(seq, this.#faults);
    const isDead = this.#outage?.isDead(performance.now(), video && placesOf(video)) ?? false;
    const loss = isSilent
      ? 'silence'
      : isDead
        ? 'outage'
        : luck.loss === 'loss'
          ? 'lost'
          : luck.loss;
    if (loss) this.#record.add(seq, video, loss, null);
    else this.#transmit(item, seq, video, luck);
  }

  /** What happened here so far; the faults from the `from`th on. */
  report(from: number): LineReport {
    return this.#record.report(from);
  }

  /** Whatever is held arrives now. */
  flush(): void {
    const overtaken = this.#overtaken;
    this.#overtaken = null;
    if (overtaken !== null) this.#pass(overtaken);
    this.#endPause();
  }

  /** Forgets what is held. */
  dispose(): void {
    this.#overtaken = null;
    this.#paused = [];
    this.#endPause();
  }

  #transmit(item: Item, seq: number, video: VideoPart | null, luck: Luck): void {
    if (this.#paused.length >= MAX_PAUSED) {
      this.#record.add(seq, video, 'overflow', null);
      return;
    }
    // The first datagram of a picture begins no pause, and none begins inside another.
    const pauseMs = this.#pause || video?.part === 0 ? null : luck.pauseMs;
    if (pauseMs !== null) this.#pause = setTimeout(() => this.#endPause(), pauseMs);
    const isSwapped = luck.isSwapped && this.#overtaken === null;
    const fate: Fate | null =
      pauseMs !== null ? 'paused' : isSwapped ? 'swapped' : luck.isDoubled ? 'doubled' : null;
    this.#record.add(seq, video, fate, pauseMs);
    if (isSwapped) {
      this.#overtaken = item;
      return;
    }
    this.#pass(item);
    if (luck.isDoubled) this.#pass(item);
    const overtaken = this.#overtaken;
    this.#overtaken = null;
    if (overtaken !== null) this.#pass(overtaken);
  }

  #pass(item: Item): void {
    if (this.#pause) this.#paused.push(item);
    else this.#deliver(item);
  }

  #endPause(): void {
    if (this.#pause) clearTimeout(this.#pause);
    this.#pause = null;
    for (const item of this.#paused.splice(0)) this.#deliver(item);
  }
}

/** What an outage may wait for that begins with this datagram. */
function placesOf({ nalType, partOfNal, part, sinceKeyframe }: VideoPart): Set<OutagePlace> {
  const places = new Set<OutagePlace>();
  if (partOfNal === 0 && nalType === NAL_TYPE.sps) places.add('parameter-sets');
  if (partOfNal === 0 && nalType === NAL_TYPE.idr) places.add('idr');
  if (part === 0 && sinceKeyframe === 1) places.add('after-idr');
  return places;
}
