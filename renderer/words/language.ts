import type { Language } from '../../shared/languages.ts';
import { en, type Messages } from './messages/en.ts';

/** A translation may lag behind: what it lacks is said in English. */
export type Translation = {
  [Group in keyof Messages]?: Messages[Group] extends string
    ? Messages[Group]
    : Partial<Messages[Group]>;
};

/** Each is a file of its own, fetched when it is wanted. */
const translations: Record<Exclude<Language, 'en'>, () => Promise<Translation>> = {
  de: async () => (await import('./messages/de.ts')).de,
  es: async () => (await import('./messages/es.ts')).es,
  fr: async () => (await import('./messages/fr.ts')).fr,
  ja: async () => (await import('./messages/ja.ts')).ja,
  ko: async () => (await import('./messages/ko.ts')).ko,
  zh: async () => (await import('./messages/zh.ts')).zh,
};

let current: { language: Language; messages: Messages } = { language: 'en', messages: en };
let wishes = 0;
const listeners = new Set<() => void>();

/** The words of the page, in the language in use. */
export function say(): Messages {
  return current.messages;
}

export function currentLanguage(): Language {
  return current.language;
}

/** Calls back whenever the language has changed; returns the end of it. */
export function onLanguage(callback: () => void): () => void {
  listeners.add(callback);
  return () => void listeners.delete(callback);
}

/** Speaks a language from now on. Where its words cannot be had, the former is spoken on. */
export async function speak(language: Language): Promise<void> {
  const mine = ++wishes;
  const translation = language === 'en' ? {} : await translations[language]();
  // Fetched too late: another was wished for since.
  if (mine !== wishes || language === current.language) return;
  current = { language, messages: complete(translation) };
  for (const listener of [...listeners]) listener();
}

function complete(translation: Translation): Messages {
  return {
    closeOpen: translation.closeOpen ?? en.closeOpen,
    errors: { ...en.errors, ...translation.errors },
    commands: { ...en.commands, ...translation.commands },
    time: { ...en.time, ...translation.time },
    sources: { ...en.sources, ...translation.sources },
    start: { ...en.start, ...translation.start },
    connection: { ...en.connection, ...translation.connection },
    options: { ...en.options, ...translation.options },
    intro: { ...en.intro, ...translation.intro },
    picture: { ...en.picture, ...translation.picture },
    session: { ...en.session, ...translation.session },
    figures: { ...en.figures, ...translation.figures },
    live: { ...en.live, ...translation.live },
    capture: { ...en.capture, ...translation.capture },
    captures: { ...en.captures, ...translation.captures },
    settings: { ...en.settings, ...translation.settings },
    share: { ...en.share, ...translation.share },
    recording: { ...en.recording, ...translation.recording },
    gallery: { ...en.gallery, ...translation.gallery },
    flight: { ...en.flight, ...translation.flight },
    checks: { ...en.checks, ...translation.checks },
    manoeuvres: { ...en.manoeuvres, ...translation.manoeuvres },
    reasons: { ...en.reasons, ...translation.reasons },
    warnings: { ...en.warnings, ...translation.warnings },
    ui: { ...en.ui, ...translation.ui },
    station: { ...en.station, ...translation.station },
  };
}
