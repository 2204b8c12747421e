/** The languages of the page. */
export const languages = ['en', 'de', 'es', 'fr', 'ja', 'ko', 'zh'] as const;
export type Language = (typeof languages)[number];
