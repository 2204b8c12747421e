import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const bundle = fileURLToPath(new URL('../../out/electron/headless.js', import.meta.url));
/** Node, FFmpeg's addon and a busy machine: the first line comes well within this. */
const START_DEADLINE_MS = 30_000;

/** Whether util-linux's `script` is there, which gives a program a terminal. */
export const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.warn('SKIPPED: tests of a terminal want `script` (Debian: bsdutils)');

export type HeadlessOptions = {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** A line for `sh` that starts "$@", for instance `nohup "$@"`. It has to `exec`, or signals go to `sh`. */
  shell?: string;
  stdio?: StdioOptions;
  /** Runs as this user. */
  uid?: number;
  /** Runs in here before it starts: its home, with `config` for XDG_CONFIG_HOME. */
  prepare?: (home: string) => Promise<void>;
};

export type Headless = {
  child: ChildProcess;
  home: string;
  output(): string;
  /** Resolves with its address; rejects when it ends before. */
  url(): Promise<string>;
  exited: Promise<{ code: number | null; signal: string | null }>;
};

/** Starts `out/electron/headless.js` in homes of their own; ends them after the test. */
export function useHeadless(): (options?: HeadlessOptions) => Promise<Headless> {
  const running: Headless[] = [];
  afterEach(async () => {
    for (const { child, exited, home } of running.splice(0)) {
      child.kill('SIGKILL');
      await exited;
      await rm(home, { recursive: true, force: true });
    }
  });
  return async (options = {}) => {
    const home = await mkdtemp(join(tmpdir(), 'hoverdeck-start-'));
    await options.prepare?.(home);
    const started = start(home, options);
    running.push(started);
    return started;
  };
}

function start(home: string, options: HeadlessOptions): Headless {
  const command = [process.execPath, bundle, '--headless', '--port', '0', ...(options.args ?? [])];
  const [program = '', ...args] =
    options.shell === undefined ? command : ['sh', '-c', options.shell, 'sh', ...command];
  const child = spawn(program, args, {
    cwd: home,
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      NODE_ENV: 'development',
      ...options.env,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { child, home, output: () => text, exited, url: () => listening(child, () => text) };
}

function listening(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address: ${output()}`)), START_DEADLINE_MS);
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      clearInterval(looking);
      finish();
    };
    const looking = setInterval(() => {
      const url = /Hoverdeck is listening on (http:\/\/\S+)/.exec(output())?.[1];
      if (url !== undefined) settle(() => resolve(url));
    }, 20);
    child.once('exit', (code, signal) =>
      settle(() => reject(new Error(`exit ${code ?? signal}: ${output()}`))),
    );
  });
}
