import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { type SessionWords, sessionWords } from '../words/session-words.ts';
import { useLive } from './live.ts';

export function useSessionWords(): SessionWords {
  const link = useStation((state) => state.link);
  const status = useStation((state) => state.status);
  const { picture, slow, unable } = useStore(useLive().picture);
  return sessionWords({ link, status, picture, slow, unable });
}
