import type { ReactNode } from 'react';
import type { StationClient } from '../shared/client.ts';
import { type Connection, ConnectionContext, createConnection } from './connection/connection.ts';
import { createFlight, type Flight, FlightContext } from './flight/flight.ts';
import { createLibrary, type Library, LibraryContext } from './library/library.ts';
import { createLive, type Live, LiveContext } from './live/live.ts';
import {
  createSettingsEditor,
  type SettingsEditor,
  SettingsEditorContext,
} from './settings/settings-editor.ts';
import { createShare, type Share, ShareContext } from './share/share.ts';
import { createDeck, type Deck, DeckContext } from './station/deck.ts';
import { createPanels, type Panels, PanelsContext } from './ui/panels.ts';
import { createToasts, type Toasts, ToastsContext } from './ui/toasts.ts';

/** Everything the page is made of. Here alone one feature is handed what it needs of another. */
export type Parts = {
  deck: Deck;
  toasts: Toasts;
  panels: Panels;
  live: Live;
  connection: Connection;
  flight: Flight;
  library: Library;
  share: Share;
  settingsEditor: SettingsEditor;
};

export function createParts(client: StationClient): Parts {
  const deck = createDeck(client);
  const toasts = createToasts();
  const live = createLive();
  const panels = createPanels();
  const needs = { ...deck, toasts, panels };
  deck.station.subscribe(() => toasts.review());
  return {
    deck,
    toasts,
    panels,
    live,
    connection: createConnection(needs),
    flight: createFlight(needs),
    share: createShare(needs),
    library: createLibrary({ ...needs, shown: live.picture }),
    settingsEditor: createSettingsEditor(needs),
  };
}

/** Puts the parts within reach of the views. */
export function PartsProvider({ parts, children }: { parts: Parts; children: ReactNode }) {
  return (
    <DeckContext value={parts.deck}>
      <ToastsContext value={parts.toasts}>
        <PanelsContext value={parts.panels}>
          <LiveContext value={parts.live}>
            <ConnectionContext value={parts.connection}>
              <FlightContext value={parts.flight}>
                <LibraryContext value={parts.library}>
                  <ShareContext value={parts.share}>
                    <SettingsEditorContext value={parts.settingsEditor}>
                      {children}
                    </SettingsEditorContext>
                  </ShareContext>
                </LibraryContext>
              </FlightContext>
            </ConnectionContext>
          </LiveContext>
        </PanelsContext>
      </ToastsContext>
    </DeckContext>
  );
}
