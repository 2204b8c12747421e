import { useSyncExternalStore } from 'react';
import type { Language } from '../../shared/languages.ts';
import { currentLanguage, onLanguage } from '../words/language.ts';

/** The language in use; whoever shows words anew when it changes asks for it. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}
