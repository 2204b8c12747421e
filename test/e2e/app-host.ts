import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { launchDesktop } from '../desktop-rig/launch-desktop.ts';
import { startBrowserHost } from './browser-host.ts';

/** The two hosts the suite runs on: the browser host, and the desktop's bundles on the rig. */
export type HostKind = 'browser' | 'desktop';

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
  /** Files the app was asked to show in the file manager (desktop). */
  shownInFolder(): Promise<readonly string[]>;
  /** Lines about failures nobody was waiting for. */
  complaints(): string[];
  /** Ends it as the system does; resolves with the exit code. */
  stop(): Promise<number | null>;
};

export function startAppHost(kind: HostKind): Promise<AppHost> {
  return kind === 'browser' ? startInBrowser() : startOnRig();
}

async function startInBrowser(): Promise<AppHost> {
  const host = await startBrowserHost();
  return {
    kind: 'browser',
    url: host.url,
    folder: host.home,
    picturesFolder: host.picturesFolder,
    window: null,
    shownInFolder: async () => [],
    complaints: () => errorsIn(host.stderr()),
    stop: () => host.stop(),
  };
}

async function startOnRig(): Promise<AppHost> {
  const desktop = await launchDesktop({ args: ['--port', '0'] });
  const page = await desktop.page();
  return {
    kind: 'desktop',
    url: await addressIn(desktop.output),
    folder: dirname(desktop.picturesFolder),
    picturesFolder: desktop.picturesFolder,
    window: async () => page,
    shownInFolder: async () => (await desktop.state()).shownItems,
    complaints: () => errorsIn(desktop.output()),
    stop: async () => (await desktop.close()).code,
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
