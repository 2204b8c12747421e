import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { useLive } from './live.ts';
import { Viewfinder } from './viewfinder.tsx';

/** The empty viewfinder, from Connect until the first picture. */
export function WaitingFrame() {
  const state = useStation((station) => station.status?.state ?? 'idle');
  const empty = useStore(useLive().picture, (shown) => shown.picture.kind === 'none');
  return state !== 'idle' && empty ? <Viewfinder waiting={state !== 'failed'} /> : null;
}
