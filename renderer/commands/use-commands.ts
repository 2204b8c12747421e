import { useCallback, useEffect } from 'react';
import type { CommandName } from '../../shared/commands.ts';
import { type Connection, useConnection } from '../connection/connection.ts';
import { type Flight, useFlight } from '../flight/flight.ts';
import { useFlightKeys } from '../flight/use-flight-keys.ts';
import { type Library, useLibrary } from '../library/library.ts';
import { type Live, useLive } from '../live/live.ts';
import { type SettingsEditor, useSettingsEditor } from '../settings/settings-editor.ts';
import { useDeck } from '../station/deck.ts';
import type { StationStore } from '../station/station-store.ts';
import { toggleFullScreen } from '../ui/full-screen.ts';
import { type Panels, usePanels } from '../ui/panels.ts';
import { type Toasts, useToasts } from '../ui/toasts.ts';
import { commandForKey, TAKES_LETTERS } from './key-press.ts';

type Means = {
  connection: Connection;
  flight: Flight;
  library: Library;
  live: Live;
  panels: Panels;
  toasts: Toasts;
  settings: SettingsEditor;
  station: StationStore;
};

/** Carries out commands, wherever they come from: the keyboard, or the desktop's menu. */
export function useCommands(): void {
  const connection = useConnection();
  const flight = useFlight();
  const library = useLibrary();
  const live = useLive();
  const panels = usePanels();
  const toasts = useToasts();
  const settings = useSettingsEditor();
  const { station } = useDeck();
  useFlightKeys(useCallback(() => panels.store.getState().sheet !== null, [panels]));
  useEffect(() => {
    const means: Means = { connection, flight, library, live, panels, toasts, settings, station };
    const onKey = (event: KeyboardEvent) => {
      // A modal question comes first, wherever the focus is.
      if (panels.store.getState().sheet !== null) return;
      const target = event.target;
      if (target instanceof Element && target.closest(TAKES_LETTERS)) return;
      const command = commandForKey(event);
      if (command === null) return;
      event.preventDefault();
      run(command, means);
    };
    window.addEventListener('keydown', onKey);
    const stopMenu = window.hoverdeck?.onCommand((command) => run(command, means));
    return () => {
      window.removeEventListener('keydown', onKey);
      stopMenu?.();
    };
  }, [connection, flight, library, live, panels, toasts, settings, station]);
}

function run(command: CommandName, means: Means): void {
  const { connection, flight, library, live, panels, toasts, settings, station } = means;
  switch (command) {
    case 'capture':
      void library.capture();
      break;
    case 'toggle-connection':
      void connection.toggle();
      break;
    case 'connect':
      void connection.start();
      break;
    case 'disconnect':
      void connection.disconnect();
      break;
    case 'record':
      void library.record();
      break;
    case 'library':
      panels.openSheet(command);
      break;
    case 'captures':
    case 'settings':
      panels.toggleDrawer(command);
      break;
    case 'manoeuvres':
      // A camera has none.
      if (flight.store.getState().state?.available) panels.toggleDrawer(command);
      break;
    case 'numbers':
      live.toggleNumbers();
      break;
    case 'hud':
      void settings.change({ hud: !station.getState().settings.hud });
      break;
    case 'take-off':
    case 'land':
    case 'stop':
      // Heard by the flight room itself.
      break;
    case 'full-screen':
      void toggleFullScreen(toasts);
      break;
    case 'shortcuts':
      panels.openSheet(command);
      break;
  }
}
