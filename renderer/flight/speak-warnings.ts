import type { StationStore } from '../station/station-store.ts';
import { warningWords } from '../words/flight-words.ts';
import { currentLanguage } from '../words/language.ts';
import type { FlightStore } from './flight-store.ts';

/** Says each warning once, when it begins, in the system's own voice; nothing unless it is wanted. Returns the end of it. */
export function speakWarnings(flight: FlightStore, station: StationStore): () => void {
  let said = new Set<string>();
  return flight.subscribe(({ state }) => {
    const warnings = state?.warnings ?? [];
    const begun = warnings.filter(({ code }) => !said.has(code));
    said = new Set(warnings.map(({ code }) => code));
    if (!station.getState().settings.speakWarnings || !('speechSynthesis' in window)) return;
    for (const warning of begun) {
      const { says, tip } = warningWords(warning);
      const speech = new SpeechSynthesisUtterance(`${says} ${tip}`);
      speech.lang = currentLanguage();
      window.speechSynthesis.speak(speech);
    }
  });
}
