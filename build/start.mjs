// `npm start`: installs what is missing, builds, and starts the app: the Electron window where it can
// open, the same app in a browser where it cannot. Plain Node, because nothing is installed yet.
import { spawn } from 'node:child_process';
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron-binary.mjs';
import { openBrowser } from './setup/open-browser.mjs';
import { root, say } from './setup/run.mjs';

const args = process.argv.slice(2);
/** These print and exit, or were asked for without a window. */
const staysInTerminal = ['--headless', '--help', '-h', '--version', '-v'];

await ensureDependencies();
await ensureBundles();

if (args.some((arg) => staysInTerminal.includes(arg))) {
  startInTerminal(args);
} else {
  const electron = await findElectron();
  if (electron.ok) {
    start(electron.path, ['.', ...args], 'inherit');
  } else {
    say(`no window, because ${electron.why}. The same app runs in your browser instead.`);
    const child = startInTerminal(['--headless', ...args]);
    child.stdout?.on('data', (text) => {
      const url = /listening on (http:\S+)/.exec(String(text))?.[1];
      if (url) openBrowser(url);
    });
  }
}

function startInTerminal(flags) {
  const child = start(process.execPath, ['out/electron/headless.js', ...flags], 'pipe');
  child.stdout?.pipe(process.stdout);
  return child;
}

/** Starts the app, hands on signals, and ends as it ends. */
function start(program, flags, stdout) {
  const child = spawn(program, flags, { cwd: root, stdio: ['inherit', stdout, 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl-C reaches the child by itself; it decides when it is done.
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  }
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  child.once('error', (error) => {
    say(`${program} could not be started: ${error.message}`);
    process.exit(1);
  });
  return child;
}
