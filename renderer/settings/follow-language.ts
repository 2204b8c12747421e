import { languageFor } from '../../shared/languages.ts';
import type { StationStore } from '../station/station-store.ts';
import { currentLanguage, onLanguage, speak } from '../words/language.ts';

/** Speaks the system's language, unless the settings say otherwise; the page says which in its root. */
export function followLanguage(station: StationStore, root: HTMLElement): () => void {
  const apply = () => {
    const { language } = station.getState().settings;
    const wanted = language === 'system' ? languageFor(navigator.languages) : language;
    speak(wanted).catch((error: unknown) => {
      // Offline, or an older page: the words that are there are better than none.
      console.warn('Hoverdeck: these words could not be fetched.', error);
    });
  };
  const stops = [
    onLanguage(() => {
      root.lang = currentLanguage();
    }),
    station.subscribe((now, before) => {
      if (now.settings.language !== before.settings.language) apply();
    }),
  ];
  apply();
  return () => {
    for (const stop of stops) stop();
  };
}
