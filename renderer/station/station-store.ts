import { createStore } from 'zustand/vanilla';
import type { Camera } from '../../shared/cameras.ts';
import type { Capture } from '../../shared/captures.ts';
import type { LinkState, StationClient } from '../../shared/client.ts';
import type { Host } from '../../shared/host.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Status } from '../../shared/status.ts';

export type StationState = {
  link: LinkState;
  /** Null until the station first answered. */
  status: Status | null;
  /** When it came, on this page's monotonic clock. */
  statusAtMs: number;
  /** When the present state began, on this page's monotonic clock: a wall clock may jump. */
  stateSinceMs: number;
  host: Host | null;
  captures: readonly Capture[];
  /** Null until the list is known: no camera is not the same as not asked yet. */
  cameras: readonly Camera[] | null;
  settings: Settings;
};

export type StationStore = ReturnType<typeof createStationStore>;

/** What the page knows about its station. Written in this file only; frames are never in it. */
export function createStationStore() {
  return createStore<StationState>(() => ({
    link: 'connecting',
    status: null,
    statusAtMs: 0,
    stateSinceMs: 0,
    host: null,
    captures: [],
    cameras: null,
    // Until the settings are known, nobody is taken for a newcomer.
    settings: { ...defaultSettings, introSeen: true },
  }));
}

/** Keeps the store true: asks for everything whenever the link opens, and takes every event after. */
export function followStation(client: StationClient, store: StationStore): () => void {
  const set = store.setState;
  const unsubscribe = [
    client.on('status', (status) => takeStatus(store, status)),
    client.on('captures', (captures) => set({ captures })),
    client.on('cameras', (cameras) => set({ cameras })),
    client.on('settings', (settings) => void takeSettings(client, store, settings)),
    client.onLink((link) => {
      set({ link });
      if (link === 'open') void loadAll(client, store);
    }),
  ];
  return () => {
    for (const stop of unsubscribe) stop();
  };
}

async function loadAll(client: StationClient, store: StationStore): Promise<void> {
  const set = store.setState;
  await Promise.all([
    client.request('status.get', {}).then((r) => r.ok && takeStatus(store, r.value)),
    client.request('settings.get', {}).then((r) => r.ok && set({ settings: r.value })),
    client.request('capture.list', {}).then((r) => r.ok && set({ captures: r.value })),
    client.request('cameras.list', {}).then((r) => set({ cameras: r.ok ? r.value : [] })),
    refreshHost(client, store),
  ]);
}

function takeStatus(store: StationStore, status: Status): void {
  const { status: before, stateSinceMs } = store.getState();
  const same = before?.state === status.state && before.generation === status.generation;
  const statusAtMs = performance.now();
  const beganMs = statusAtMs - status.stateAgeMs;
  store.setState({ status, statusAtMs, stateSinceMs: same ? stateSinceMs : beganMs });
}

/** Takes new settings in; resolves once what depends on them is known, too. */
export async function takeSettings(
  client: StationClient,
  store: StationStore,
  settings: Settings,
): Promise<void> {
  const folderChanged = settings.photoFolder !== store.getState().settings.photoFolder;
  store.setState({ settings });
  if (folderChanged) await refreshHost(client, store);
}

/** The host says where photos go, which a setting changes. */
export async function refreshHost(client: StationClient, store: StationStore): Promise<void> {
  const host = await client.request('host.describe', {});
  if (host.ok) store.setState({ host: host.value });
}
