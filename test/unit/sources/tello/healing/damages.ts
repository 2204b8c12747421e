import type { Fate, Link } from './lossy-link.ts';

/**
 * Sizes seen on wires: the Tello's, other emulators', FFmpeg's, and the greatest there is; and small ones, so
 * that small pictures have many.
 */
const DATAGRAM_BYTES = [1_460, 1_024, 1_400, 1_472, 65_507, 300, 150, 80];

/** Ways a link can be bad, each with how often a datagram meets each fate. */
const LINKS: Partial<Record<Exclude<Fate, 'arrive'>, number>>[] = [
  { lost: 0.02 },
  { lost: 0.05 },
  { lost: 0.3 },
  { late: 0.1 },
  { twice: 0.1 },
  { flipped: 0.1 },
  { cut: 0.05 },
  { lost: 0.05, late: 0.05, twice: 0.05, flipped: 0.05, cut: 0.05 },
];

/** A link of some kind and datagram size, chosen by `random`. */
export function anyLink(random: () => number): Link {
  const shares = LINKS[Math.floor(random() * LINKS.length)] ?? {};
  const datagramBytes = DATAGRAM_BYTES[Math.floor(random() * DATAGRAM_BYTES.length)] ?? 1_460;
  return {
    datagramBytes,
    random,
    fate: () => {
      let left = random();
      for (const [fate, share] of Object.entries(shares)) {
        left -= share;
        if (left < 0) return isFate(fate) ? fate : 'arrive';
      }
      return 'arrive';
    },
  };
}

/** The same link, with every harm counted. */
export function counting(link: Link): { link: Link; damages(): number } {
  let damages = 0;
  const fate = () => {
    const met = link.fate();
    if (met !== 'arrive') damages++;
    return met;
  };
  return { link: { ...link, fate }, damages: () => damages };
}

function isFate(name: string): name is Fate {
  return ['lost', 'twice', 'late', 'flipped', 'cut'].includes(name);
}
