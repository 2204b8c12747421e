/**
 * What `import … from 'electron'` means in the rig. Whatever is not exported here fails at import, by
 * name. Only the main process's modules: the preload script has its own in `page/`.
 */
export { app } from './double/app.ts';
export { BrowserWindow } from './double/browser-window.ts';
export { ipcMain } from './double/ipc-main.ts';
export { Menu } from './double/menu.ts';
export { MessageChannelMain } from './double/message-port.ts';
export { Notification } from './double/notification.ts';
export { protocol, session } from './double/session.ts';
export {
  clipboard,
  dialog,
  nativeTheme,
  powerSaveBlocker,
  screen,
  shell,
} from './double/system.ts';
export { utilityProcess } from './double/utility-process.ts';
