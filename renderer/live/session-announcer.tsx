import { Announcer } from '../ui/announcer.tsx';
import { useSessionWords } from './use-session-words.ts';

/** Says each change of state once; the counting seconds are left to the eye. */
export function SessionAnnouncer() {
  const words = useSessionWords();
  const headline = words.headline.startsWith('No signal') ? 'No signal.' : words.headline;
  const text = [headline, words.detail, words.tip].filter(Boolean).join(' ');
  return <Announcer text={text} urgent={words.tone === 'danger'} />;
}
