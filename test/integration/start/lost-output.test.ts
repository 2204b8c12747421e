import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../../shared/status.ts';
import { childrenOf } from '../../support/children-of.ts';
import { eventually } from '../../support/eventually.ts';
import { hasScript, useHeadless } from '../../support/headless.ts';

/** Settings nobody can read: something to log before anything else happens. */
async function brokenSettings(home: string): Promise<void> {
  await mkdir(join(home, 'config', 'Hoverdeck'), { recursive: true });
  await writeFile(join(home, 'config', 'Hoverdeck', 'settings.json'), '{');
}

/** The media process is missed when it is gone, and that is logged. */
async function makeItLog(url: string, pid: number): Promise<void> {
  await fetch(`${url}/api/request/source.connect`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: { kind: 'simulator' } }),
  });
  await eventually(
    async () => (await (await fetch(`${url}/api/status`)).json()) as Status,
    ({ state }) => state === 'live',
  );
  const media = () => childrenOf(pid, 'media');
  const [child = 0] = await eventually(media, (found) => found.length > 0);
  process.kill(child, 'SIGKILL');
  await eventually(media, (found) => !found.includes(child));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a log line never ends the app:', () => {
  const start = useHeadless();

  it('nobody reads stderr any more', async () => {
    const app = await start({ prepare: brokenSettings });
    app.child.stderr?.destroy();
    const url = await app.url();
    await makeItLog(url, app.child.pid ?? 0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('nobody reads stdout and stderr any more, as behind `2>&1 | head -1`', async () => {
    const app = await start({
      prepare: brokenSettings,
      shell: 'exec "$@" 2>&1',
      args: ['--source', 'simulator'],
    });
    const [firstLine] = await once(app.child.stdout ?? app.child, 'data');
    expect(firstLine).toMatch(/\S/);
    const url = await app.url();
    app.child.stdout?.destroy();
    await makeItLog(url, app.child.pid ?? 0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    app.child.kill('SIGTERM');
    expect(await app.exited).toEqual({ code: 0, signal: null });
  });

  it('the disk behind stderr is full', async () => {
    const full = openSync('/dev/full', 'w');
    const app = await start({ prepare: brokenSettings, stdio: ['ignore', 'pipe', full] });
    closeSync(full);
    const url = await app.url();
    await makeItLog(url, app.child.pid ?? 0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const { turnedAway } = await (await fetch(`${url}/api/web`)).json();
    expect(turnedAway.linesUntold).toBeGreaterThanOrEqual(2);
  });

  it('the disk behind stdout is full', async () => {
    const full = openSync('/dev/full', 'w');
    // The address would be on stdout.
    const port = await freePort();
    const app = await start({ args: ['--port', String(port)], stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    const health = () => fetch(`http://127.0.0.1:${port}/healthz`).then((reply) => reply.status);
    await eventually(
      () => health().catch(() => 0),
      (status) => status === 200,
    );
    expect(await health()).toBe(200);
    expect(app.child.exitCode).toBeNull();
  });

  it.skipIf(!hasScript)('the terminal was stopped (Ctrl-S)', async () => {
    const app = await start({
      // A shell left between the two would tell of the end on the stopped terminal, and wait there itself.
      shell: 'exec script -qfec "exec $*" /dev/null',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const url = await app.url();
    const terminal = app.child.pid ?? 0;
    const [node = 0] = childrenOf(terminal, 'headless');
    expect(node).not.toBe(0);
    app.child.stdin?.write('\x13');
    await makeItLog(url, node);
    const signal = AbortSignal.timeout(5_000);
    expect((await fetch(`${url}/healthz`, { signal })).status).toBe(200);
    process.kill(node, 'SIGTERM');
    await eventually(
      () => childrenOf(terminal, 'headless'),
      (found) => found.length === 0,
    );
  });
});
