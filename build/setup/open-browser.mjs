import { spawn } from 'node:child_process';

/** Opens the page where there is a screen; elsewhere the printed address has to do. */
export function openBrowser(url) {
  const hasScreen =
    process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasScreen) return;
  const [program, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['explorer.exe', [url]]
        : ['xdg-open', [url]];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  // The address is on the terminal already; a missing browser needs no second message.
  child.once('error', () => undefined);
  child.unref();
}
