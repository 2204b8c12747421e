import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';

const setup = fileURLToPath(new URL('../../../build/setup', import.meta.url));

let folder: string;
const running: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hoverdeck-window-'));
  // What opens a browser on a desktop, and leaves a trace here.
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > ${folder}/opened\n`);
  await chmod(join(folder, 'xdg-open'), 0o755);
});
afterEach(async () => {
  for (const end of running.splice(0)) await end();
  await rm(folder, { recursive: true, force: true });
});

/** What `npm start` does once everything is built, with an Electron of the test's own. */
async function npmStart(electron: string, mode = 0o755) {
  await writeFile(join(folder, 'electron'), electron);
  await chmod(join(folder, 'electron'), mode);
  const script =
    `import { surviveLostOutput } from '${setup}/pass-through.mjs';` +
    `import { startApp } from '${setup}/start-app.mjs';` +
    'surviveLostOutput(); await startApp(process.argv.slice(1));';
  const child = spawn(
    process.execPath,
    // The sandbox is asked for where nobody is root; a test may be.
    ['--input-type=module', '-e', script, '--', '--no-sandbox', '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${folder}:${process.env.PATH}`,
        HOME: folder,
        XDG_CONFIG_HOME: join(folder, 'config'),
        DISPLAY: ':99',
        ELECTRON_OVERRIDE_DIST_PATH: folder,
      },
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const exited = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  running.push(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  return { child, exited, output: () => text };
}

const sh = (...lines: string[]) => `#!/bin/sh\n${lines.join('\n')}\n`;
const OPEN = 'echo "Hoverdeck’s window is open."';

describe('installed taken for able: an Electron that', () => {
  it.each([
    [
      'has no sandbox',
      sh('echo "FATAL: The SUID sandbox helper binary was found, but" >&2', 'kill -TRAP $$'),
      'Chromium’s sandbox is not allowed',
    ],
    ['finds no display', sh('echo "Missing X server or \\$DISPLAY" >&2', 'exit 1'), 'its display'],
    [
      'misses a library',
      sh('echo "electron: error while loading shared libraries: libgbm.so.1: no" >&2', 'exit 127'),
      'libgbm.so.1 is missing',
    ],
    ['dies without a word', sh('exit 127'), 'exit code 127'],
    ['crashes', sh('kill -SEGV $$'), 'crashed (SIGSEGV)'],
    [
      'crashes and leaves children behind',
      sh('sleep 20 &', 'echo "No usable sandbox!" >&2', 'kill -TRAP $$'),
      'Chromium’s sandbox is not allowed',
    ],
    ['is for another machine', '\u007fELF\u0002\u0001(\n', 'another kind of machine'],
  ])('%s: the reason in words, and the browser', async (_what, electron, why) => {
    const app = await npmStart(electron);
    const address = await eventually(
      async () => /listening on (\S+)/.exec(app.output())?.[1] ?? '',
      (found) => found !== '',
    );
    expect(app.output()).toMatch(new RegExp(`no window, because [^\\n]*${literally(why)}`));
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const opened = () => readFile(join(folder, 'opened'), 'utf8').catch(() => '');
    expect(await eventually(opened, (text) => text !== '')).toBe(`${address}\n`);
    app.child.kill('SIGTERM');
    expect(await app.exited).toBe(0);
  });

  it('may not be executed: the reason in words, and the browser', async () => {
    const app = await npmStart(sh(OPEN), 0o644);
    await eventually(
      async () => app.output(),
      (text) => text.includes('listening on'),
    );
    expect(app.output()).toContain('may not be executed');
  });

  it.each([
    ['showed its window, which was closed', sh(OPEN, 'exit 0'), 0],
    ['showed its window and crashed later', sh(OPEN, 'sleep 0.2', 'exit 5'), 5],
    ['was started a second time', sh('exit 0'), 0],
    ['was started with a wrong flag', sh('echo "Usage: npm start -- [flags]" >&2', 'exit 2'), 2],
    [
      'runs, where the app says itself what is wrong',
      sh('echo "Hoverdeck could not start: Port 80 is in use" >&2', 'exit 1'),
      1,
    ],
  ])('%s, ends as it ends, without a browser', async (_what, electron, exitCode) => {
    const app = await npmStart(electron);
    expect(await app.exited).toBe(exitCode);
    expect(app.output()).not.toMatch(/no window|listening on/);
  });

  it('talks on when nobody reads `npm start` any more, is not ended by it', async () => {
    const app = await npmStart(
      sh(OPEN, 'sleep 0.5', 'echo one; echo two >&2', 'sleep 0.3; exit 7'),
    );
    await eventually(
      async () => app.output(),
      (text) => text.includes('window is open'),
    );
    app.child.stdout.destroy();
    app.child.stderr.destroy();
    expect(await app.exited).toBe(7);
  });

  it('is asked to end before it shows a window, is not replaced by a browser', async () => {
    const app = await npmStart(sh('echo starting', 'exec sleep 60'));
    await eventually(
      async () => app.output(),
      (text) => text.includes('starting'),
    );
    app.child.kill('SIGTERM');
    expect(await app.exited).toBe(1);
    expect(app.output()).not.toMatch(/no window|listening on/);
  });

  it('shows nothing within its time is ended', async () => {
    await writeFile(join(folder, 'electron'), sh('exec sleep 60'));
    await chmod(join(folder, 'electron'), 0o755);
    const { openWindow } = await import('../../../build/setup/open-window.mjs');
    const end = await openWindow(join(folder, 'electron'), [], { windowDeadlineMs: 200 });
    expect(end).toEqual({ opened: false, why: 'Electron showed none for 0.2 s' });
  });
});

function literally(text: string): string {
  return text.replace(/[.()]/g, '\\$&');
}
