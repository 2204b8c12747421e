import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type FixtureApp, makeFixtureApp } from '../../desktop-rig/fixture-app.ts';
import {
  type Desktop,
  type LaunchOptions,
  launchDesktop,
} from '../../desktop-rig/launch-desktop.ts';
import { assertNoLeaks } from '../../support/leaks.ts';

/** Long enough for a cold Chromium on a busy machine; nothing waits this long when all is well. */
const PATIENCE_MS = 15_000;

/** Starts desktops on the fixture page; whatever a test leaves open is closed after it. */
export function useDesktops(): (options?: LaunchOptions) => Promise<Desktop> {
  // First, so that it looks last: after the desktops are closed.
  assertNoLeaks();
  let app: FixtureApp;
  const open = new Set<Desktop>();
  beforeAll(async () => {
    app = await makeFixtureApp();
  });
  afterEach(async () => {
    for (const desktop of open) await desktop.close();
    open.clear();
  });
  afterAll(() => app.dispose());
  return async (options = {}) => {
    const desktop = await launchDesktop({ mainBundle: app.mainBundle, ...options });
    open.add(desktop);
    return desktop;
  };
}

/** Asks until the answer is there; the last answer is in the error when it never comes. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  let last = await ask();
  while (!holds(last)) {
    if (Date.now() > deadline) throw new Error(`never ${what}: ${JSON.stringify(last)}`);
    await sleep(50);
    last = await ask();
  }
  return last;
}
