import { currentLanguage } from './language.ts';

/** With a full stop at its end, as the language writes it, unless it has an end of its own. */
export function sentence(words: string): string {
  if (/[.…?!。？！]$/.test(words)) return words;
  const language = currentLanguage();
  return `${words}${language === 'zh' || language === 'ja' ? '。' : '.'}`;
}
