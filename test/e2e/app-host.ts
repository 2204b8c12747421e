import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron as electron, type Page } from '@playwright/test';
import { type Desktop, launchDesktop } from '../desktop-rig/launch-desktop.ts';
import { startBrowserHost } from './browser-host.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What the suite runs on: the browser host, the desktop's bundles on the rig, and, where its binary is
 * present, the same bundles in Electron itself.
 */
export type HostKind = 'browser' | 'desktop' | 'electron';

/** A running Hoverdeck, whatever hosts it, with its HTTP API for the test's own questions. */
export type AppHost = {
  kind: HostKind;
  /** `http://127.0.0.1:…` */
  url: string;
  /** Settings, photos and whatever the test likes; gone after `stop`. */
  folder: string;
  picturesFolder: string;
  /** The desktop's own window; the browser host has none and takes the test's page. */
  window: (() => Promise<Page>) | null;
  /** The rig below the desktop, for what only a system can do. */
  desktop: Desktop | null;
  /** Files the app was asked to show in the file manager (desktop). */
  shownInFolder(): Promise<readonly string[]>;
  /** Lines about failures nobody was waiting for. */
  complaints(): string[];
  /** Ends it as the system does; resolves with the exit code. */
  stop(): Promise<number | null>;
};

export type AppOptions = {
  /** How the simulated drone that is one click away is to be. */
  simulatorFlags: readonly string[];
  /** A newcomer is greeted with cards; whoever tests something else has seen them. */
  newcomer: boolean;
};

export async function startAppHost(kind: HostKind, options: AppOptions): Promise<AppHost> {
  const host = await start(kind, {
    HOVERDECK_SIMULATOR_FLAGS: ['--picture-code', ...options.simulatorFlags].join(' '),
  });
  if (!options.newcomer) await skipIntro(host.url);
  return host;
}

async function skipIntro(url: string): Promise<void> {
  await fetch(`${url}/api/request/settings.set`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ introSeen: true }),
  });
}

type Environment = Readonly<Record<string, string>>;

function start(kind: HostKind, env: Environment): Promise<AppHost> {
  switch (kind) {
    case 'browser':
      return startInBrowser(env);
    case 'desktop':
      return startOnRig(env);
    case 'electron':
      return startInElectron(env);
  }
}

async function startInBrowser(env: Environment): Promise<AppHost> {
  const host = await startBrowserHost([], undefined, env);
  return {
    kind: 'browser',
    url: host.url,
    folder: host.home,
    picturesFolder: host.picturesFolder,
    window: null,
    desktop: null,
    shownInFolder: async () => [],
    complaints: () => errorsIn(host.stderr()),
    stop: () => host.stop(),
  };
}

async function startOnRig(env: Environment): Promise<AppHost> {
  const desktop = await launchDesktop({ args: ['--port', '0'], env });
  const page = await desktop.page();
  return {
    kind: 'desktop',
    url: await addressIn(desktop.output),
    folder: dirname(desktop.picturesFolder),
    picturesFolder: desktop.picturesFolder,
    window: async () => page,
    desktop,
    shownInFolder: async () => (await desktop.state()).shownItems,
    complaints: () => errorsIn(desktop.output()),
    stop: async () => (await desktop.close()).code,
  };
}

async function startInElectron(env: Environment): Promise<AppHost> {
  const folder = await mkdtemp(join(tmpdir(), 'hoverdeck-electron-'));
  const picturesFolder = join(folder, 'Pictures');
  await mkdir(picturesFolder);
  const app = await electron.launch({
    args: [root, '--port', '0', `--user-data-dir=${join(folder, 'data')}`],
    env: { ...process.env, ...env, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') },
  });
  let output = '';
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const page = await app.firstWindow();
  const code = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  return {
    kind: 'electron',
    url: await addressIn(() => output),
    folder,
    picturesFolder,
    window: async () => page,
    desktop: null,
    shownInFolder: async () => [],
    complaints: () => errorsIn(output),
    async stop() {
      await app.close();
      const exit = await code;
      await rm(folder, { recursive: true, force: true });
      return exit;
    },
  };
}

async function addressIn(output: () => string): Promise<string> {
  for (;;) {
    const url = /Hoverdeck is listening on (http:\S+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => / error /i.test(line));
}
