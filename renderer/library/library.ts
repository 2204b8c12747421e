import type { StoreApi } from 'zustand/vanilla';
import type { Deck } from '../station/deck.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import type { PictureState } from '../words/picture-words.ts';
import { whyNoCapture } from './capture-availability.ts';
import { type CaptureStore, createCaptureStore, takeCapture } from './capture-store.ts';
import { tellKept, tellNotKept } from './tell-capture.ts';

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

type Needs = Deck & { toasts: Toasts; panels: Panels; shown: ShownPicture };

export function createLibrary(needs: Needs): Library {
  const { client, station, toasts, panels, shown } = needs;
  const store = createCaptureStore();

  async function showInFolder(id: string): Promise<void> {
    const result = await client.request('capture.show', { id });
    if (!result.ok) tellFailure({ toasts, panels, what: 'show', error: result.error });
  }

  return {
    store,
    shown,
    async capture() {
      const why = () => {
        const { link, status } = station.getState();
        return whyNoCapture(link, status, shown.getState().picture);
      };
      const reason = why();
      if (reason !== null) {
        const holds = () => why() === reason;
        toasts.show({ key: 'reason:Capture', tone: 'neutral', title: reason, holds });
        return;
      }
      const { photoFolder } = station.getState().settings;
      const result = await takeCapture(store, client);
      if (result?.ok === true) tellKept(needs, result.value);
      else if (result !== null) {
        // Neither another folder nor the next photo leaves it true.
        const { lastId } = store.getState();
        tellNotKept(
          needs,
          result.error,
          () =>
            station.getState().settings.photoFolder === photoFolder &&
            store.getState().lastId === lastId,
        );
      }
    },
    showInFolder,
  };
}
