import { Announcer } from '../ui/announcer.tsx';
import { useSessionWords } from './use-session-words.ts';

/** Says each change of state once; the counting seconds are left to the eye. */
export function SessionAnnouncer() {
  const words = useSessionWords();
  const text = [words.spoken, words.detail, words.tip].filter(Boolean).join(' ');
  return <Announcer text={text} urgent={words.tone === 'danger'} />;
}
