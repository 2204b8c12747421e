import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { buildRig } from './build-rig.ts';
import type { ControlReply, ControlRequest, RigState } from './control-messages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_DEADLINE_MS = 30_000;
const EXIT_DEADLINE_MS = 15_000;
const POLL_MS = 50;

export type LaunchOptions = {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Data folder; a fresh one that goes with the app otherwise. */
  userDataFolder?: string;
  /** Bundle to run instead of the app's own, for the rig's own tests. */
  mainBundle?: string;
};

type Exit = { code: number | null; signal: string | null };

/** The desktop app, running on the rig, in a test's hands. */
export type Desktop = {
  userDataFolder: string;
  /** Photos go into `Hoverdeck` in here. */
  picturesFolder: string;
  pid: number;
  control(request: ControlRequest): Promise<unknown>;
  state(): Promise<RigState>;
  /** The window's page. After a crash, call it again: Playwright gives up on a page that crashed. */
  page(): Promise<Page>;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  exited: Promise<Exit>;
  close(): Promise<Exit>;
};

let rig: Promise<string> | null = null;

/** Starts the built app on the rig. Does not wait for a window: `page()` does. */
export async function launchDesktop(options: LaunchOptions = {}): Promise<Desktop> {
  rig ??= buildRig();
  const folder = await mkdtemp(join(tmpdir(), 'hoverdeck-desktop-'));
  const userDataFolder = options.userDataFolder ?? join(folder, 'data');
  const picturesFolder = join(folder, 'Pictures');
  const mainBundle = options.mainBundle ?? join(root, 'out/electron/main.js');
  const args = [mainBundle, `--user-data-dir=${userDataFolder}`, ...(options.args ?? [])];
  const child = fork(join(await rig, 'start.js'), args, {
    cwd: root,
    env: { ...process.env, XDG_PICTURES_DIR: picturesFolder, ...options.env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = collectOutput(child);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const control = controlOf(child, exited, output);
  const state = async () => (await control({ op: 'state' })) as RigState;
  const browsers = new Set<Browser>();

  async function page(): Promise<Page> {
    const { endpoint, targetId } = await firstWindow(state, output);
    const deadline = Date.now() + START_DEADLINE_MS;
    while (Date.now() < deadline) {
      const browser = await chromium.connectOverCDP(endpoint);
      const found = await pageOfTarget(browser, targetId);
      if (found !== null) {
        browsers.add(browser);
        return found;
      }
      // Playwright passes over a page that is just coming back from a crash.
      await browser.close();
      await sleep(POLL_MS);
    }
    throw new Error(`The window’s page is not to be found: ${output()}`);
  }

  return {
    userDataFolder,
    picturesFolder,
    pid: child.pid ?? 0,
    control,
    state,
    page,
    output,
    exited,
    async close() {
      for (const browser of browsers) await browser.close();
      if (child.connected) child.send({ id: 0, op: 'quit' }, () => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_DEADLINE_MS);
      const exit = await exited;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
      return exit;
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

function controlOf(child: ChildProcess, exited: Promise<Exit>, output: () => string) {
  const waiting = new Map<number, (reply: ControlReply) => void>();
  let nextId = 1;
  child.on('message', (message) => {
    const reply = message as ControlReply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  void exited.then(() => {
    for (const [id, answer] of waiting) answer({ id, ok: false, message: `ended: ${output()}` });
    waiting.clear();
  });
  return async (request: ControlRequest): Promise<unknown> => {
    if (!child.connected) throw new Error(`The app has ended: ${output()}`);
    const id = nextId++;
    const reply = await new Promise<ControlReply>((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, ...request }, () => undefined);
    });
    if (!reply.ok) throw new Error(reply.message);
    return reply.value;
  };
}

async function firstWindow(state: () => Promise<RigState>, output: () => string) {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline) {
    const { endpoint, windows } = await state();
    const [window] = windows;
    if (endpoint !== null && window?.visible) return { endpoint, targetId: window.targetId };
    await sleep(POLL_MS);
  }
  throw new Error(`No window was shown: ${output()}`);
}

async function pageOfTarget(browser: Browser, targetId: string): Promise<Page | null> {
  for (const page of browser.contexts().flatMap((context) => context.pages())) {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    if (targetInfo.targetId === targetId) return page;
  }
  return null;
}
