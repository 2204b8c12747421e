import { currentLanguage, say } from './language.ts';

/** Where the language is the system's own, its country's habits count, too. */
function locale(): string[] {
  const language = currentLanguage();
  const own = globalThis.navigator?.languages?.find((tag) => tag.split('-')[0] === language);
  return own === undefined ? [language] : [own, language];
}

export function timeOfDay(atMs: number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(atMs);
}

/** A number as the language writes it, with so many digits after the point. */
export function decimal(value: number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** No “-0.0”: what does not move has no sign. */
export function decimalWithoutMinusZero(value: number, digits: number): string {
  return decimal(Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value, digits);
}

/** Whole seconds up to two minutes, then whole minutes: `4 s`, `119 s`, `2 min`. */
export function spokenDuration(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  const words = say().time;
  return seconds < 120 ? words.seconds(seconds) : words.minutes(Math.floor(seconds / 60));
}

/** `2:05`, as clocks of films and flights count. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** `Wednesday, 25 November 2026`, of a day as the station writes it: `2026-11-25`. */
export function longDay(day: string): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const options = { dateStyle: 'full', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale(), options).format(Date.UTC(year, month - 1, date));
}
