import { app, type WebContents } from 'electron';
import { isAppPage } from '../page/origin.ts';
import { openLink } from './external-links.ts';

/** Keeps every page the app will ever have where it is: no navigation, no new window, no webview. */
export function guardNavigation(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    // The page may load itself again; everything else would put foreign content behind our bridge.
    if (!isAppPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
