import type { StoreApi } from 'zustand/vanilla';
import type { ExportFormat } from '../../shared/flight-log.ts';
import type { Failure } from '../../shared/result.ts';
import type { Deck } from '../station/deck.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { say } from '../words/language.ts';
import type { PictureState } from '../words/picture-words.ts';
import { whyNoCapture } from './capture-availability.ts';
import { type CaptureStore, createCaptureStore, takeCapture } from './capture-store.ts';
import { createItemList, type ItemList } from './items/item-list.ts';
import {
  createRecordingStore,
  followRecording,
  isRecording,
  type RecordingStore,
} from './recording/recording-store.ts';
import { tellFilms } from './recording/tell-recording.ts';
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
  /** The film that is made, if one is. */
  recording: RecordingStore;
  /** Begins a film, or ends it. */
  record(): Promise<void>;
  /** Everything that was kept. */
  items: ItemList;
  /** To the system's trash, and back at a click. */
  trash(ids: readonly string[]): Promise<void>;
  /** Brings back what was thrown away last, where that is possible. */
  undoTrash(): Promise<void>;
  /** Whether it has its new name; if not, why was said. */
  rename(id: string, name: string): Promise<boolean>;
  showItem(id: string): Promise<void>;
  /** The newest film with one of these names, without their ending; null where none is left. */
  findFilm(names: readonly string[]): Promise<{ id: string; name: string } | null>;
  exportFlight(id: string, format: ExportFormat): Promise<void>;
};

export const [LibraryContext, useLibrary] = createPart<Library>('library');

type Needs = Deck & { toasts: Toasts; panels: Panels; shown: ShownPicture };

export function createLibrary(needs: Needs): Library {
  const { client, station, toasts, panels, shown } = needs;
  const store = createCaptureStore();
  const recording = createRecordingStore();
  const items = createItemList(client);
  followRecording(client, recording, (kept) => tellFilms(needs, kept));

  async function restore(undo: string): Promise<void> {
    const reply = await client.request('library.restore', { undo });
    if (!reply.ok) tellFailure({ toasts, panels, what: 'restore', error: reply.error });
  }

  async function showInFolder(id: string): Promise<void> {
    const result = await client.request('capture.show', { id });
    if (!result.ok) tellFailure({ toasts, panels, what: 'show', error: result.error });
  }

  let lastUndo: string | null = null;
  const tell = (what: string, error: Failure) => tellFailure({ toasts, panels, what, error });

  return {
    store,
    shown,
    recording,
    items,
    async record() {
      const isOn = isRecording(recording.getState().recording);
      // What was kept is told by the event, to every page.
      const reply = isOn
        ? await client.request('record.stop', {})
        : await client.request('record.start', {});
      if (!reply.ok) tell('record', reply.error);
    },
    async trash(ids) {
      const reply = await client.request('library.trash', { ids: [...ids] });
      if (!reply.ok) {
        tell('trash', reply.error);
        return;
      }
      const { trashed, failed, undo } = reply.value;
      lastUndo = undo;
      const words = say().gallery;
      toasts.show({
        key: 'trash',
        tone: failed.length > 0 ? 'danger' : 'neutral',
        title: words.trashed(trashed.length),
        ...(failed.length > 0 ? { detail: words.notTrashed(failed.join(', ')) } : {}),
        ...(undo === null ? {} : { action: { label: words.undo, run: () => void restore(undo) } }),
      });
    },
    async undoTrash() {
      const undo = lastUndo;
      lastUndo = null;
      if (undo !== null) await restore(undo);
    },
    async rename(id, name) {
      const reply = await client.request('library.rename', { id, name });
      if (!reply.ok) tell('rename', reply.error);
      return reply.ok;
    },
    async findFilm(names) {
      if (names.length === 0) return null;
      const reply = await client.request('library.list', { kinds: ['film'], limit: 200 });
      if (!reply.ok) return null;
      for (const { id, fileName } of reply.value.items) {
        const name = fileName.replace(/\.[^.]+$/, '');
        if (names.includes(name)) return { id, name };
      }
      return null;
    },
    async exportFlight(id, format) {
      const reply = await client.request('flightLog.export', { id, format });
      if (!reply.ok) {
        tell('export', reply.error);
        return;
      }
      const exported = reply.value.files.map(({ fileName }) => fileName).join(', ');
      toasts.show({ key: 'export', tone: 'neutral', title: say().gallery.exported(exported) });
    },
    async showItem(id) {
      const reply = await client.request('library.show', { id });
      if (!reply.ok) tell('show', reply.error);
    },
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
