import { spawn } from 'node:child_process';
import { findElectron } from './electron-binary.mjs';
import { handOnSignals } from './hand-on-signals.mjs';
import { openBrowser } from './open-browser.mjs';
import { openWindow } from './open-window.mjs';
import { passThrough } from './pass-through.mjs';
import { root, say } from './run.mjs';

/** These print and exit, or were asked for without a window. */
const STAYS_IN_TERMINAL = ['--headless', '--help', '-h', '--version', '-v'];

/**
 * Starts the built app, and ends this process as it ends.
 * @param {readonly string[]} args its flags
 */
export async function startApp(args) {
  if (args.some((arg) => STAYS_IN_TERMINAL.includes(arg))) {
    startInTerminal(args);
    return;
  }
  const why = await showWindow(args);
  say(`no window, because ${why}. The same app runs in your browser instead.`);
  const child = startInTerminal(['--headless', ...args]);
  child.stdout?.on('data', (text) => {
    const url = /listening on (http:\S+)/.exec(String(text))?.[1];
    if (url) openBrowser(url);
  });
}

/** Comes back only where no window could be opened, with the reason in words. */
async function showWindow(args) {
  const electron = await findElectron({ args });
  if (!electron.ok) return electron.why;
  const end = await openWindow(electron.path, ['.', ...args]);
  if (end.opened) process.exit(end.exitCode);
  return end.why;
}

function startInTerminal(flags) {
  const child = spawn(process.execPath, ['out/electron/headless.js', ...flags], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  handOnSignals(child);
  passThrough(child.stdout, process.stdout);
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  child.once('error', (error) => {
    say(`${process.execPath} could not be started: ${error.message}`);
    process.exit(1);
  });
  return child;
}
