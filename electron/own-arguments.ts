/**
 * Switches Chromium and Electron read for themselves. They stay in `process.argv`, and are none of
 * our own flags' business.
 */
const chromiumSwitches: ReadonlySet<string> = new Set([
  '--no-sandbox',
  '--user-data-dir',
  '--disable-gpu',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--enable-features',
  '--disable-features',
  '--force-device-scale-factor',
  '--enable-logging',
  '--lang',
  '--password-store',
]);
/** What the macOS Finder adds when it starts a program. */
const FINDER_PREFIX = '-psn_';

/**
 * The arguments meant for Hoverdeck. `runByPath` is true where Electron was given the app as an
 * argument (`electron [switches] out/electron/main.js …`) and false in a packaged app.
 */
export function ownArguments(argv: readonly string[], runByPath: boolean): string[] {
  const rest = argv.slice(1);
  const appPath = runByPath ? rest.findIndex((argument) => !argument.startsWith('-')) : -1;
  return rest.slice(appPath + 1).filter((argument) => {
    const name = argument.split('=', 1)[0] ?? argument;
    return !chromiumSwitches.has(name) && !argument.startsWith(FINDER_PREFIX);
  });
}
