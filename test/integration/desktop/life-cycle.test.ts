import './page-types.ts';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../shared/status.ts';
import { until, useDesktops } from './fixture.ts';

async function status(page: Page): Promise<Status> {
  const reply = await page.evaluate(() => window.hoverdeck.request('status.get', {}));
  return (reply as { value: Status }).value;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the desktop app', () => {
  const launch = useDesktops();
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'hoverdeck-data-'));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  it('starts once: a second start brings the first to the front and ends', async () => {
    const first = await launch({ userDataFolder: data });
    await first.page();
    await first.control({ op: 'minimizeWindow' });
    const second = await launch({ userDataFolder: data });
    expect(await second.exited).toEqual({ code: 0, signal: null });
    const { windows } = await until('came to the front', first.state, ({ windows: [window] }) =>
      Boolean(window && window.focused > 0),
    );
    expect(windows).toHaveLength(1);
    expect(windows[0]?.minimized).toBe(false);
  });

  it('says how it is used after a wrong flag, and ends with 2', async () => {
    const desktop = await launch({ args: ['--no-such-flag'] });
    expect(await desktop.exited).toEqual({ code: 2, signal: null });
    expect(desktop.output()).toContain('Usage:');
  });

  it('prints its version and ends', async () => {
    const desktop = await launch({ args: ['--version'] });
    expect(await desktop.exited).toEqual({ code: 0, signal: null });
    expect(desktop.output()).toMatch(/^Hoverdeck \d+\.\d+\.\d+\n$/);
  });

  it('takes its children along when the system ends it', async () => {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    await desktop.page();
    const { utilityProcesses } = await until(
      'started the drone',
      desktop.state,
      ({ utilityProcesses: children }) => children.length > 0,
    );
    process.kill(desktop.pid, 'SIGTERM');
    expect(await desktop.exited).toEqual({ code: 0, signal: null });
    for (const { pid = 0 } of utilityProcesses) expect(isRunning(pid)).toBe(false);
  });

  it('says when its window is open, and ends with its last one', async () => {
    const desktop = await launch();
    await desktop.page();
    await until(
      'said it',
      async () => desktop.output(),
      (text) =>
        // `npm start` waits for this line.
        text.includes('Hoverdeck’s window is open.'),
    );
    await desktop.control({ op: 'closeWindow' });
    expect(await desktop.exited).toEqual({ code: 0, signal: null });
  });

  it('opens where it was closed', async () => {
    await mkdir(data, { recursive: true });
    const place = { x: 100, y: 90, width: 900, height: 700, maximized: false };
    await writeFile(join(data, 'window.json'), JSON.stringify(place));
    const desktop = await launch({ userDataFolder: data });
    await desktop.page();
    const { maximized: _maximized, ...bounds } = place;
    expect((await desktop.state()).windows[0]?.bounds).toEqual(bounds);

    await desktop.control({ op: 'clickMenu', item: 'mini-view' });
    await desktop.control({ op: 'closeWindow' });
    await desktop.exited;
    const kept = JSON.parse(await readFile(join(data, 'window.json'), 'utf8'));
    expect(kept, 'the mini view is not where the window lives').toEqual(place);
  });

  it('serves browsers when a port is asked for', async () => {
    const desktop = await launch({ args: ['--port', '0', '--headless'] });
    const address = await until(
      'printed its address',
      async () => /listening on (http:\S+)/.exec(desktop.output())?.[1] ?? '',
      (found) => found !== '',
    );
    const reply = await fetch(`${address}/api/status`);
    expect(await reply.json()).toMatchObject({ state: 'idle' });
    expect((await desktop.state()).windows).toEqual([]);
  });

  describe('when the page fails', () => {
    it('loads a crashed page again while the station goes on', async () => {
      const desktop = await launch({ args: ['--source', 'simulator'] });
      const before = await until(
        'went live',
        async () => status(await desktop.page()),
        ({ state }) => state === 'live',
      );
      await desktop.control({ op: 'crashRenderer' });
      const after = await until(
        'answered again',
        async () => {
          const page = await desktop.page();
          return status(page).catch(() => null);
        },
        (reply) => reply !== null,
      );
      expect(after?.state).toBe('live');
      expect(after?.generation).toBe(before.generation);
      expect(after?.video?.framesReceived).toBeGreaterThan(before.video?.framesReceived ?? 0);
      expect(after?.consumers, 'the crashed page is no viewer any more').toEqual([]);
    });

    it('asks instead of reloading for ever', async () => {
      const desktop = await launch();
      await desktop.page();
      for (let crash = 1; crash <= 4; crash++) {
        await desktop.control({ op: 'crashRenderer' });
        await until(
          'came back or asked',
          desktop.state,
          ({ dialogs, windows: [window] }) =>
            dialogs.length > 0 || (window?.url === 'app://hoverdeck/' && window.loads > crash),
        );
      }
      const { dialogs } = await desktop.state();
      expect(dialogs.map(({ message }) => message)).toEqual(['The window keeps crashing.']);
    });

    it('offers to load a page again that does not respond', async () => {
      const desktop = await launch();
      const page = await desktop.page();
      const hung = page.evaluate(() => {
        for (;;) Math.random();
      });
      hung.catch(() => undefined);
      await desktop.control({ op: 'reportUnresponsive' });
      const { dialogs } = await until('asked', desktop.state, (state) => state.dialogs.length > 0);
      expect(dialogs[0]?.buttons?.[0]).toBe('Load again');
      await desktop.control({ op: 'answerDialog', response: 0 });
      await until('loaded again', desktop.state, ({ windows: [w] }) => Boolean(w && w.loads > 1));
    });
  });
});
