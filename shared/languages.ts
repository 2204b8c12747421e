/** The languages of the page. */
export const languages = ['en', 'de', 'es', 'fr', 'ja', 'ko', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The first language of the reader's that is known; English where none is. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    const known = languages.find((language) => language === base);
    if (known !== undefined) return known;
  }
  return 'en';
}
