import { afterEach, describe, expect, it } from 'vitest';
import { sourceChoices } from '../../../../renderer/connection/source-choices.ts';
import { currentLanguage, say, speak } from '../../../../renderer/words/language.ts';
import { en } from '../../../../renderer/words/messages/en.ts';
import { judgePicture, pictureWords } from '../../../../renderer/words/picture-words.ts';
import { decimal, spokenDuration } from '../../../../renderer/words/time.ts';
import { languageFor, languages } from '../../../../shared/languages.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

afterEach(() => speak('en'));

/** Every group of words but names and units, which may be the same in two languages. */
const MAIN = ['sources', 'start', 'connection', 'picture', 'session', 'live', 'capture'] as const;

/** What a group says, functions called with something that is no word. */
function said(group: object): [key: string, words: string][] {
  return Object.entries(group).flatMap(([key, words]: [string, unknown]) => {
    const value: unknown = typeof words === 'function' ? words(2, 2) : words;
    if (typeof value !== 'object' || value === null) return [[key, String(value)]];
    return said(value).map(([within, text]): [string, string] => [`${key}.${within}`, text]);
  });
}

describe('languages', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['zh-Hans-CN'], 'zh'],
    [['pt-BR', 'fr-CA'], 'fr'],
    [['pt-BR'], 'en'],
    [[], 'en'],
  ] as const)('of someone who reads %j is %s', (wanted, language) => {
    expect(languageFor(wanted)).toBe(language);
  });

  it.each(languages.filter((language) => language !== 'en'))(
    '%s leaves no English on the main screens',
    async (language) => {
      await speak(language);
      expect(currentLanguage()).toBe(language);
      const same = MAIN.flatMap((group) => {
        const english = new Map(said(en[group]));
        return said(say()[group])
          .filter(([key, words]) => english.get(key) === words)
          .map(([key, words]) => `${group}.${key}: ${words}`);
      });
      // Words that two languages share.
      const shared = /: (Live|Signal|Source.*|Tello.*)$/;
      expect(same.filter((words) => !shared.test(words))).toEqual([]);
    },
  );

  it('speaks of the picture and of the sources in the language in use', async () => {
    const facts = {
      status: sampleStatus({ state: 'reconnecting', phase: 'silent' }),
      picture: { kind: 'stale', ageMs: 4_000 },
      slow: false,
    } as const;
    const verdict = judgePicture(facts);
    await speak('de');
    expect(verdict && pictureWords(verdict, facts).headline).toBe('Seit 4 s kein Signal');
    expect(sourceChoices([], false, {})[0]?.name).toBe('Simulierte Drohne');
    await speak('zh');
    expect(verdict && pictureWords(verdict, facts).spoken).toBe('无信号。');
    expect(spokenDuration(4_000)).toBe('4 秒');
  });

  it('is the one wished for last, however long its words take to come', async () => {
    const slow = speak('fr');
    const quick = speak('en');
    await Promise.all([slow, quick]);
    expect(currentLanguage()).toBe('en');
  });

  it('writes numbers as the language does', async () => {
    expect(decimal(1_234.5, 1)).toBe('1,234.5');
    await speak('de');
    expect(decimal(1_234.5, 1)).toBe('1.234,5');
  });
});
