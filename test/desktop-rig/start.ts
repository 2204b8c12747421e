import { register } from 'node:module';
import { listenForControl } from './control.ts';
import { lifeCycle } from './double/app.ts';

/**
 * `node start.js <main bundle> [flags]`: runs the app's unmodified main bundle with `electron` meaning
 * the double. As in Electron, the app becomes ready only after its main module has been evaluated.
 */
const [mainBundle, ...flags] = process.argv.slice(2);
if (mainBundle === undefined) throw new Error('usage: start.js <main bundle> [flags]');

process.argv = [process.execPath, mainBundle, ...flags];
Object.defineProperty(process, 'defaultApp', { value: true });
const versions = { ...process.versions, electron: '0.0.0-rig', chrome: '0.0.0-rig' };
Object.defineProperty(process, 'versions', { value: versions });

const double = new URL('electron.js', import.meta.url).href;
register(
  `data:text/javascript,${encodeURIComponent(`
    export async function resolve(specifier, context, next) {
      if (specifier === 'electron') return { url: ${JSON.stringify(double)}, shortCircuit: true };
      return next(specifier, context);
    }`)}`,
);

listenForControl();
await import(mainBundle);
lifeCycle.becomeReady();
