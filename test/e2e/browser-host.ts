import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Node, FFmpeg's addon and a busy CI machine: the first line comes well within this. */
const START_DEADLINE_MS = 30_000;

export type BrowserHost = {
  url: string;
  pid: number;
  /** Its home: settings and photos are below; gone after `stop`. */
  home: string;
  picturesFolder: string;
  /** Resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  stderr(): string;
};

/** Starts `out/electron/headless.js` as `npm start -- --headless` does, in a home of its own. */
export async function startBrowserHost(
  args: readonly string[] = [],
  home?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<BrowserHost> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'hoverdeck-e2e-')));
  const child = spawn(
    process.execPath,
    [join(root, 'out/electron/headless.js'), '--headless', '--port', '0', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        // The tests read from the picture itself which one it is.
        HOVERDECK_SIMULATOR_FLAGS: '--picture-code',
        ...process.env,
        ...env,
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, 'config'),
        // Offers the test picture, as the desktop does when it is not packaged.
        NODE_ENV: 'development',
      },
    },
  );
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  const url = await listening(child, () => errors);
  return {
    url,
    pid: child.pid ?? 0,
    home: folder,
    picturesFolder: join(folder, 'Pictures'),
    stderr: () => errors,
    async stop(signal = 'SIGTERM') {
      const code = await end(child, signal);
      if (home === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function listening(child: ChildProcess, errors: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address: ${errors()}`)), START_DEADLINE_MS);
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${errors()}`)));
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      const url = /Hoverdeck is listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill(signal);
  });
}
