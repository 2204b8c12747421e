import { execFileSync } from 'node:child_process';
import { access, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { childrenOf } from '../../support/children-of.ts';
import { eventually } from '../../support/eventually.ts';
import { hasScript, useHeadless } from '../../support/headless.ts';

const photoFolder = async (url: string): Promise<string> => {
  const reply = await fetch(`${url}/api/request/host.describe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return (await reply.json()).value.photoFolder;
};

describe('the browser host', () => {
  const start = useHeadless();

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly at %s', async (signal) => {
    const app = await start({ args: ['--source', 'simulator'] });
    await app.url();
    app.child.kill(signal);
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  it('ends cleanly while it is still starting', async () => {
    const app = await start();
    await sleep(400);
    app.child.kill('SIGTERM');
    const { code, signal } = await app.exited;
    // Before our first line runs, the signal still has its own way.
    expect(code === 0 || signal === 'SIGTERM').toBe(true);
  });

  it('reads the command line as the desktop does, switches of Chromium included', async () => {
    const version = await start({ args: ['--version', '--disable-gpu', '--no-sandbox'] });
    expect(await version.exited).toEqual({ code: 0, signal: null });
    expect(version.output()).toMatch(/^Hoverdeck \d+\.\d+\.\d+\n$/);
    const wrong = await start({ args: ['--no-such-flag'] });
    expect(await wrong.exited).toEqual({ code: 2, signal: null });
    expect(wrong.output()).toContain('Usage:');
  });

  it('says in words which port it cannot have', async () => {
    const first = await start();
    const port = new URL(await first.url()).port;
    const second = await start({ args: ['--port', port] });
    expect(await second.exited).toEqual({ code: 1, signal: null });
    expect(second.output()).toMatch(/^Hoverdeck could not start: Port \d+ is in use/);
  });

  it('says in words that too few files may be opened', async () => {
    const app = await start({ shell: 'ulimit -n 20; exec "$@"' });
    expect(await app.exited).toEqual({ code: 1, signal: null });
    expect(app.output()).toMatch(/^Hoverdeck could not start: .*too few files.*\n$/);
  });
});

describe('manners: SIGHUP', () => {
  const start = useHeadless();

  it('under nohup changes nothing', async () => {
    const app = await start({ shell: 'exec nohup "$@"', args: ['--source', 'simulator'] });
    const url = await app.url();
    const state = async () => (await (await fetch(`${url}/api/status`)).json()).state;
    const pid = app.child.pid ?? 0;
    await eventually(state, (now) => now === 'live');
    // The media process is up when it has made its first picture.
    await eventually(
      async () => (await fetch(`${url}/snapshot.jpg`)).status,
      (status) => status === 200,
    );
    const children = childrenOf(pid);
    expect(children).toHaveLength(2);
    // A terminal that is closed tells everybody who was started from it.
    for (const member of [pid, ...children]) process.kill(member, 'SIGHUP');
    await sleep(300);
    expect(await state()).toBe('live');
    expect(childrenOf(pid)).toEqual(children);
  });

  it.skipIf(!hasScript)('of a closed terminal ends it, as it ends any program', async () => {
    const app = await start({ shell: 'exec script -qfec "exec $*" /dev/null' });
    await app.url();
    const [node = 0] = childrenOf(app.child.pid ?? 0, 'headless');
    process.kill(node, 'SIGHUP');
    expect(await app.exited).toEqual({ code: 128 + constants.signals.SIGHUP, signal: null });
  });
});

describe('folders:', () => {
  const start = useHeadless();

  it.each(['', 'config', './config'])('XDG_CONFIG_HOME=%j means the default', async (value) => {
    const app = await start({ env: { XDG_CONFIG_HOME: value } });
    const url = await app.url();
    await fetch(`${url}/api/request/settings.set`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mirror: true }),
    });
    app.child.kill('SIGTERM');
    await app.exited;
    await access(join(app.home, '.config', 'Hoverdeck', 'settings.json'));
    expect(await readdir(app.home), 'nothing in the working directory').toEqual(['.config']);
  });

  it.each(['', 'Pictures', '.'])('XDG_PICTURES_DIR=%j means the default', async (value) => {
    const app = await start({ env: { XDG_PICTURES_DIR: value } });
    expect(await photoFolder(await app.url())).toBe(join(app.home, 'Pictures', 'Hoverdeck'));
  });

  it('the user’s pictures have the name of the user’s language', async () => {
    const app = await start({
      env: { XDG_PICTURES_DIR: '' },
      async prepare(home) {
        await mkdir(join(home, 'config'));
        await writeFile(
          join(home, 'config', 'user-dirs.dirs'),
          '# written by xdg-user-dirs-update\nXDG_PICTURES_DIR="$HOME/Bilder"\n',
        );
      },
    });
    expect(await photoFolder(await app.url())).toBe(join(app.home, 'Bilder', 'Hoverdeck'));
  });

  it('a user-dirs.dirs that never ends keeps nobody from starting', async () => {
    const app = await start({
      async prepare(home) {
        await mkdir(join(home, 'config'));
        execFileSync('mkfifo', [join(home, 'config', 'user-dirs.dirs')]);
      },
    });
    expect(await photoFolder(await app.url())).toBe(join(app.home, 'Pictures', 'Hoverdeck'));
  });
});

const isRoot = process.getuid?.() === 0;
/** Somebody without rights, whatever they are called. */
const NOBODY = 65_534;

describe('wrong words: a port that is the administrator’s', () => {
  const start = useHeadless();

  it('is named as one', async ({ skip }) => {
    const app = await start({
      args: ['--port', '80'],
      ...(isRoot ? { uid: NOBODY } : {}),
      prepare: (home) => (isRoot ? chown(home, NOBODY, NOBODY) : Promise.resolve()),
    });
    const listens = await app.url().catch(() => null);
    if (listens !== null) skip('here everybody may listen on port 80');
    expect(app.output()).toMatch(/could not start: This system does not let you listen on port 80/);
  });
});
