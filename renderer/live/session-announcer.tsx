import { useStation } from '../station/deck.ts';
import { Announcer } from '../ui/announcer.tsx';
import { useSessionWords } from './use-session-words.ts';

/** Says each change of state once; the counting seconds are left to the eye. */
export function SessionAnnouncer() {
  const words = useSessionWords();
  const idle = useStation(({ status, link }) => status?.state === 'idle' && link !== 'lost');
  // What is lost is counted in the detail, twice a second; the word and the tip stay the same.
  const detail = words.verdict === null ? words.detail : null;
  const text = [words.spoken, detail, words.tip].filter(Boolean).join(' ');
  // The start card says for itself what there is.
  if (idle) return <Announcer text="" urgent={false} />;
  return <Announcer text={text} urgent={words.tone === 'danger'} />;
}
