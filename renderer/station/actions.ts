import type { StationClient } from '../../shared/client.ts';
import type { Failure } from '../../shared/result.ts';
import type { SettingsPatch } from '../../shared/settings.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { canDisconnect } from '../connection/can-disconnect.ts';
import { chosenSource, rememberSource } from '../connection/chosen-source.ts';
import type { CaptureStore } from '../library/capture-store.ts';
import { tellCapture } from '../library/tell-capture.ts';
import { showToast } from '../ui/toast-store.ts';
import { headlineOf, tipOf } from '../words/error-words.ts';
import type { StationStore } from './station-store.ts';

export type Actions = {
  connect(source: SourceSpec): Promise<void>;
  disconnect(): Promise<void>;
  /** Connects to the chosen source, or disconnects. */
  toggleConnection(): Promise<void>;
  capture(): Promise<void>;
  showInFolder(id: string): Promise<void>;
  changeSettings(patch: SettingsPatch): Promise<void>;
};

/** What a person can do. Each asks the station and says what failed; nothing here throws. */
export function createActions(
  client: StationClient,
  station: StationStore,
  captureStore: CaptureStore,
): Actions {
  const actions: Actions = {
    async connect(source) {
      rememberSource(source);
      const result = await client.request('source.connect', { source });
      if (!result.ok) tellFailure('connect', result.error);
    },

    async disconnect() {
      const result = await client.request('source.disconnect', {});
      if (!result.ok) tellFailure('disconnect', result.error);
    },

    async toggleConnection() {
      const { status, settings } = station.getState();
      if (canDisconnect(status)) await actions.disconnect();
      else await actions.connect(status?.source ?? chosenSource(settings));
    },

    async capture() {
      const result = await captureStore.getState().take();
      if (result !== null) tellCapture(result, station.getState().host, actions.showInFolder);
    },

    async showInFolder(id) {
      const result = await client.request('capture.show', { id });
      if (!result.ok) tellFailure('show', result.error);
    },

    async changeSettings(patch) {
      const result = await client.request('settings.set', patch);
      if (!result.ok) {
        tellFailure('settings', result.error);
        return;
      }
      const before = station.getState().settings.photoFolder;
      station.setState({ settings: result.value });
      if (result.value.photoFolder === before) return;
      const host = await client.request('host.describe', {});
      if (host.ok) station.setState({ host: host.value });
    },
  };
  return actions;
}

function tellFailure(what: string, error: Failure): void {
  // Cancelled by a newer wish of the same person: they know.
  if (error.code === 'cancelled') return;
  showToast({
    key: `failure:${what}`,
    tone: 'danger',
    title: headlineOf(error.code),
    detail: `${error.message} ${tipOf(error)}`,
  });
}
