import type { StoreApi } from 'zustand/vanilla';
import type { Deck } from '../station/deck.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { PictureState } from '../words/picture-words.ts';
import { whyNoCapture } from './capture-availability.ts';
import { type CaptureStore, createCaptureStore, takeCapture } from './capture-store.ts';
import { tellCapture } from './tell-capture.ts';

/** What is on screen; whoever shows it knows. */
type ShownPicture = Pick<
  StoreApi<{ picture: PictureState }>,
  'getState' | 'getInitialState' | 'subscribe'
>;

/** Taking photos, and finding them. Each action asks the station and says what failed; none throws. */
export type Library = {
  store: CaptureStore;
  shown: ShownPicture;
  /** Takes a photo, or says why there can be none now. */
  capture(): Promise<void>;
  showInFolder(id: string): Promise<void>;
};

export const [LibraryContext, useLibrary] = createPart<Library>('library');

export function createLibrary(needs: Deck & { toasts: Toasts; shown: ShownPicture }): Library {
  const { client, station, toasts, shown } = needs;
  const store = createCaptureStore();

  async function showInFolder(id: string): Promise<void> {
    const result = await client.request('capture.show', { id });
    if (!result.ok) tellFailure(toasts, 'show', result.error);
  }

  return {
    store,
    shown,
    async capture() {
      const { link, status } = station.getState();
      const reason = whyNoCapture(link, status, shown.getState().picture);
      if (reason !== null) {
        toasts.show({ key: 'reason:Capture', tone: 'neutral', title: reason });
        return;
      }
      const result = await takeCapture(store, client);
      if (result !== null) tellCapture(toasts, result, station.getState().host, showInFolder);
    },
    showInFolder,
  };
}
