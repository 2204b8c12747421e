import {
  CONTEXTS,
  INTER_CONTEXTS_0,
  INTER_CONTEXTS_1,
  INTER_CONTEXTS_2,
  INTRA_CONTEXTS,
} from './context-tables.ts';

/** rangeTabLPS (H.264 table 9-44): four columns by pStateIdx. */
const RANGE_BY_STATE = [
  [128, 176, 208, 240],
  [128, 167, 197, 227],
  [128, 158, 187, 216],
  [123, 150, 178, 205],
  [116, 142, 169, 195],
  [111, 135, 160, 185],
  [105, 128, 152, 175],
  [100, 122, 144, 166],
  [95, 116, 137, 158],
  [90, 110, 130, 150],
  [85, 104, 123, 142],
  [81, 99, 117, 135],
  [77, 94, 111, 128],
  [73, 89, 105, 122],
  [69, 85, 100, 116],
  [66, 80, 95, 110],
  [62, 76, 90, 104],
  [59, 72, 86, 99],
  [56, 69, 81, 94],
  [53, 65, 77, 89],
  [51, 62, 73, 85],
  [48, 59, 69, 80],
  [46, 56, 66, 76],
  [43, 53, 63, 72],
  [41, 50, 59, 69],
  [39, 48, 56, 65],
  [37, 45, 54, 62],
  [35, 43, 51, 59],
  [33, 41, 48, 56],
  [32, 39, 46, 53],
  [30, 37, 43, 50],
  [29, 35, 41, 48],
  [27, 33, 39, 45],
  [26, 31, 37, 43],
  [24, 30, 35, 41],
  [23, 28, 33, 39],
  [22, 27, 32, 37],
  [21, 26, 30, 35],
  [20, 24, 29, 33],
  [19, 23, 27, 31],
  [18, 22, 26, 30],
  [17, 21, 25, 28],
  [16, 20, 23, 27],
  [15, 19, 22, 25],
  [14, 18, 21, 24],
  [14, 17, 20, 23],
  [13, 16, 19, 22],
  [12, 15, 18, 21],
  [12, 14, 17, 20],
  [11, 14, 16, 19],
  [11, 13, 15, 18],
  [10, 12, 15, 17],
  [10, 12, 14, 16],
  [9, 11, 13, 15],
  [9, 11, 12, 14],
  [8, 10, 12, 14],
  [8, 9, 11, 13],
  [7, 9, 11, 12],
  [7, 9, 10, 12],
  [7, 8, 10, 11],
  [6, 8, 9, 11],
  [6, 7, 9, 10],
  [6, 7, 8, 9],
  [2, 2, 2, 2],
];

/** transIdxLps (H.264 table 9-45). */
const AFTER_LPS = [
  0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12, 13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21,
  22, 22, 23, 24, 24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33, 33, 33, 34, 34,
  35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63,
];
const LAST_ADAPTIVE_STATE = 62;

/**
 * A context's state is one byte here, pStateIdx · 2 + valMPS, so that a bin costs one load and one store.
 * `RANGE_LPS[state · 4 + quarter of the range]`.
 */
export const RANGE_LPS: Uint8Array = new Uint8Array(128 * 4);
/** The state after one: `[state]` after the more probable bin, `[128 + state]` after the other. */
export const NEXT_STATE: Uint8Array = new Uint8Array(256);
for (const [index, ranges] of RANGE_BY_STATE.entries()) {
  for (let mps = 0; mps < 2; mps++) {
    const state = index * 2 + mps;
    RANGE_LPS.set(ranges, state * 4);
    NEXT_STATE[state] = index < LAST_ADAPTIVE_STATE ? state + 2 : state;
    const toggled = index === 0 ? 1 - mps : mps;
    NEXT_STATE[128 + state] = (AFTER_LPS[index] ?? 0) * 2 + toggled;
  }
}

const QPS = 52;
const INTER_TABLES = [INTER_CONTEXTS_0, INTER_CONTEXTS_1, INTER_CONTEXTS_2];
/** Initial states, made when first asked for: four tables by 52 quantisers, of which a stream uses a handful. */
const made = new Map<number, Uint8Array>();

/**
 * The states a slice begins with (9.3.1.1), to be copied. `cabacInitIdc` is null for an I slice, else 0 to
 * 2; `qp` is SliceQPY.
 */
export function initialStates(cabacInitIdc: number | null, qp: number): Uint8Array {
  const clippedQp = Math.max(0, Math.min(QPS - 1, qp));
  const key = (cabacInitIdc === null ? 0 : cabacInitIdc + 1) * QPS + clippedQp;
  const known = made.get(key);
  if (known !== undefined) return known;
  const table =
    cabacInitIdc === null ? INTRA_CONTEXTS : (INTER_TABLES[cabacInitIdc] ?? INTRA_CONTEXTS);
  const states = new Uint8Array(CONTEXTS);
  for (let context = 0; context < CONTEXTS; context++) {
    const m = table[2 * context] ?? 0;
    const n = table[2 * context + 1] ?? 0;
    const pre = Math.max(1, Math.min(126, ((m * clippedQp) >> 4) + n));
    states[context] = pre <= 63 ? (63 - pre) * 2 : (pre - 64) * 2 + 1;
  }
  made.set(key, states);
  return states;
}
