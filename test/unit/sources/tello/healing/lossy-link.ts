import type { Healer } from '../../../../../electron/sources/tello/video/healing/healer.ts';
import type {
  HealedUnit,
  ReceivedSlice,
  ReceivedUnit,
} from '../../../../../electron/sources/tello/video/healing/units.ts';

const START = Uint8Array.of(0, 0, 0, 1);
const FRAME_US = 33_333;
const NAL = { slice: 1, idr: 5, sps: 7, pps: 8 } as const;

export type Fate = 'arrive' | 'lost' | 'twice' | 'late' | 'flipped' | 'cut';
export type Link = {
  datagramBytes: number;
  /** What happens to each datagram. Parameter sets always arrive. */
  fate(): Fate;
  random(): number;
};

/** NAL units of an Annex B stream, without start codes. */
export function splitNals(stream: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(stream.buffer, stream.byteOffset, stream.length);
  const code = Buffer.from([0, 0, 1]);
  const nals: Uint8Array[] = [];
  let at = bytes.indexOf(code);
  while (at >= 0) {
    const next = bytes.indexOf(code, at + 3);
    let end = next < 0 ? bytes.length : next;
    while (end > at && bytes[end - 1] === 0) end--;
    nals.push(bytes.subarray(at + 3, end));
    at = next;
  }
  return nals;
}

export function nalType(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

/** `first_mb_in_slice` is 0: its Exp-Golomb code is a single 1. */
function beginsPicture(nal: Uint8Array): boolean {
  return ((nal[1] ?? 0) & 0x80) !== 0;
}

/** Pictures as lists of slices, each after the parameter sets that came before it. */
export type SentPicture = { sets: Uint8Array[]; slices: Uint8Array[] };

export function toPictures(nals: readonly Uint8Array[]): SentPicture[] {
  const pictures: SentPicture[] = [];
  let sets: Uint8Array[] = [];
  for (const nal of nals) {
    const type = nalType(nal);
    if (type === NAL.sps || type === NAL.pps) sets.push(nal);
    if (type !== NAL.slice && type !== NAL.idr) continue;
    const open = pictures.at(-1);
    if (open === undefined || beginsPicture(nal) || sets.length > 0) {
      pictures.push({ sets, slices: [nal] });
      sets = [];
    } else {
      open.slices.push(nal);
    }
  }
  return pictures;
}

/** One slice over the link: null if its beginning is lost. */
function transmit(nal: Uint8Array, link: Link): ReceivedSlice | null {
  const framed = Buffer.concat([START, nal]);
  const datagrams: Uint8Array[] = [];
  for (let at = 0; at < framed.length; at += link.datagramBytes) {
    datagrams.push(framed.subarray(at, at + link.datagramBytes));
  }
  const arrived: Uint8Array[] = [];
  let held: Uint8Array | null = null;
  for (const datagram of datagrams) {
    const fate = link.fate();
    if (fate === 'lost') continue;
    const release = held;
    held = null;
    if (fate === 'late') held = datagram;
    else if (fate === 'flipped') arrived.push(flipped(datagram, link.random));
    else if (fate === 'cut')
      arrived.push(datagram.subarray(0, 1 + link.random() * datagram.length));
    else arrived.push(datagram);
    if (fate === 'twice') arrived.push(datagram);
    if (release !== null) arrived.push(release);
  }
  if (held !== null) arrived.push(held);
  const [first] = arrived;
  if (
    first === undefined ||
    first.length < 6 ||
    Buffer.compare(first.subarray(0, 4), START) !== 0
  ) {
    return null;
  }
  const borders: number[] = [];
  let size = -START.length;
  for (const datagram of arrived) {
    if (size > 0) borders.push(size);
    size += datagram.length;
  }
  const bytes = Buffer.concat(arrived).subarray(START.length);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const ended = (arrived.at(-1)?.length ?? 0) < link.datagramBytes;
  return { nal: bytes.subarray(0, end), borders, ended };
}

function flipped(datagram: Uint8Array, random: () => number): Uint8Array {
  const copy = datagram.slice();
  const count = 1 + Math.floor(random() * 3);
  for (let i = 0; i < count; i++) {
    const at = Math.floor(random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return copy;
}

/** What arrives of each picture; no slice at all where its beginning is lost. */
export function receive(pictures: readonly SentPicture[], link: Link): ReceivedUnit[] {
  let missingBefore = 0;
  return pictures.map((picture, index) => {
    const slices: ReceivedSlice[] = [];
    let suspicious = missingBefore > 0;
    for (const nal of picture.slices) {
      const slice = transmit(nal, link);
      if (slice === null) suspicious = true;
      else slices.push(slice);
    }
    const unit = { slices, suspicious, missingBefore, atUs: index * FRAME_US };
    missingBefore = slices.length === 0 ? missingBefore + 1 : 0;
    return unit;
  });
}

/** Sends pictures over the link through the healer; what comes out. */
export function send(pictures: readonly SentPicture[], link: Link, healer: Healer): HealedUnit[] {
  const received = receive(pictures, link);
  return pictures.flatMap((picture, index) => {
    for (const set of picture.sets) healer.takeParameterSet(set);
    const unit = received[index];
    return unit === undefined || unit.slices.length === 0 ? [] : healer.heal(unit);
  });
}

/** A link that loses datagrams independently. */
export function losing(share: number, random: () => number, datagramBytes = 1_460): Link {
  return { datagramBytes, random, fate: () => (random() < share ? 'lost' : 'arrive') };
}
