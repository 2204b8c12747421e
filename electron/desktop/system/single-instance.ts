import { app } from 'electron';

/** True for the first instance; a later one is told to leave, and the first hears of it. */
export function claimSingleInstance(): boolean {
  return app.requestSingleInstanceLock();
}

export function onSecondStart(callback: () => void): void {
  app.on('second-instance', callback);
}
