import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, MessageChannelMain } from 'electron';
import { failure } from '../../../shared/result.ts';
import type { Station } from '../../station/station.ts';
import type { ViewerPort } from '../../video/viewer-port.ts';
import type { MainWindow } from '../window/main-window.ts';
import { CHANNELS } from './channels.ts';
import { frameViewerPort } from './frame-port.ts';
import { isAppUrl } from './origin.ts';
import { pageCallers } from './page-callers.ts';

/**
 * Connects the station to the page: requests, events and frame ports. The only file that touches
 * `ipcMain`, so that no handler can exist without the sender check. Returns its undoing.
 */
export function connectPage(station: Station, window: MainWindow): () => void {
  const isTrusted = (event: IpcMainEvent | IpcMainInvokeEvent) => {
    const frame = event.senderFrame;
    return (
      frame !== null && frame.parent === null && isAppUrl(frame.url) && window.owns(event.sender)
    );
  };

  ipcMain.handle(CHANNELS.request, (event, name: unknown, input: unknown) => {
    if (!isTrusted(event)) {
      return failure({ code: 'not-trusted', message: 'Only the app’s own page may ask for this.' });
    }
    if (typeof name !== 'string') {
      return failure({ code: 'bad-request', message: 'A request needs a name.' });
    }
    return station.answer(name, input, callers.of(event.sender));
  });

  const callers = pageCallers();
  let frames: ViewerPort | null = null;
  const openFrames = (event: IpcMainEvent) => {
    if (!isTrusted(event)) return;
    frames?.close();
    const { port1, port2 } = new MessageChannelMain();
    frames = frameViewerPort(port1);
    station.attachViewer(frames, 'window');
    event.sender.postMessage(CHANNELS.frames, null, [port2]);
  };
  ipcMain.on(CHANNELS.openFrames, openFrames);

  const unsubscribe = station.onEvent((name, payload) =>
    window.send(CHANNELS.event, name, payload),
  );

  return () => {
    unsubscribe();
    ipcMain.removeHandler(CHANNELS.request);
    ipcMain.removeListener(CHANNELS.openFrames, openFrames);
    frames?.close();
    frames = null;
  };
}
