import { useEffect } from 'react';
import type { CommandName } from '../../shared/commands.ts';
import { canDisconnect } from '../connection/can-disconnect.ts';
import { whyNoCapture } from '../library/capture-availability.ts';
import { type Deck, useDeck } from '../station/deck.ts';
import { openSheet, toggleDrawer, usePanels } from '../ui/panels.ts';
import { showToast } from '../ui/toast-store.ts';
import { commandForKey, TAKES_LETTERS } from './key-press.ts';

/** Carries out commands, wherever they come from: the keyboard, or the desktop's menu. */
export function useCommands(): void {
  const deck = useDeck();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A modal question comes first, wherever the focus is.
      if (usePanels.getState().sheet !== null) return;
      const target = event.target;
      if (target instanceof Element && target.closest(TAKES_LETTERS)) return;
      const command = commandForKey(event);
      if (command === null) return;
      event.preventDefault();
      run(command, deck);
    };
    window.addEventListener('keydown', onKey);
    const stopMenu = window.hoverdeck?.onCommand((command) => run(command, deck));
    return () => {
      window.removeEventListener('keydown', onKey);
      stopMenu?.();
    };
  }, [deck]);
}

function run(command: CommandName, deck: Deck): void {
  const { status } = deck.station.getState();
  switch (command) {
    case 'capture':
      capture(deck);
      break;
    case 'toggle-connection':
      void deck.actions.toggleConnection();
      break;
    case 'connect':
      if (!canDisconnect(status)) void deck.actions.toggleConnection();
      break;
    case 'disconnect':
      void deck.actions.disconnect();
      break;
    case 'captures':
    case 'settings':
      toggleDrawer(command);
      break;
    case 'shortcuts':
      openSheet('shortcuts');
      break;
  }
}

function capture({ station, picture, actions }: Deck): void {
  const { link, status } = station.getState();
  const reason = whyNoCapture(link, status, picture.getState().picture);
  if (reason === null) void actions.capture();
  else showToast({ key: 'reason:Capture', tone: 'neutral', title: reason });
}
