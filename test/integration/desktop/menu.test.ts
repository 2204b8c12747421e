import './page-types.ts';
import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { until, useDesktops } from './fixture.ts';

describe('the menu', () => {
  const launch = useDesktops();

  it('sends the page what the page carries out', async () => {
    const desktop = await launch();
    const page = await desktop.page();
    const commands = () => page.evaluate(() => window.seen.commands);
    await until('has loaded', () => page.evaluate(() => 'seen' in window), Boolean);
    const ids = ['capture', 'connect', 'disconnect', 'settings', 'shortcuts'];
    for (const item of ids) await desktop.control({ op: 'clickMenu', item });
    expect(await until('heard all', commands, ({ length }) => length === ids.length)).toEqual(ids);
  });

  it('has keys, and leaves to the page those it wants for itself', async () => {
    const desktop = await launch();
    const page = await desktop.page();
    await page.keyboard.press('Control+K');
    const commands = () => page.evaluate(() => window.seen.commands);
    expect(await until('heard the key', commands, ({ length }) => length > 0)).toEqual(['connect']);

    await page.evaluate(() => {
      window.addEventListener('keydown', (event) => event.preventDefault());
    });
    await page.keyboard.press('Control+K');
    await page.keyboard.press('F11');
    expect(await commands()).toEqual(['connect']);
    expect((await desktop.state()).windows[0]?.fullScreen).toBe(false);
  });

  it('makes the window small and keeps it on top, and puts it back', async () => {
    const desktop = await launch();
    await desktop.page();
    const window = async () => (await desktop.state()).windows[0];
    const before = (await window())?.bounds;
    await desktop.control({ op: 'clickMenu', item: 'mini-view' });
    expect(await window()).toMatchObject({ alwaysOnTop: true, bounds: { width: 480 } });
    await desktop.control({ op: 'clickMenu', item: 'mini-view' });
    expect(await window()).toMatchObject({ alwaysOnTop: false, bounds: before });
  });

  it('speaks the language of the settings, and keeps what was ticked', async () => {
    const desktop = await launch();
    const page = await desktop.page();
    await desktop.control({ op: 'clickMenu', item: 'mini-view' });
    await page.evaluate(() => window.hoverdeck.request('settings.set', { language: 'de' }));
    const { menu } = await until('put up anew', desktop.state, ({ menu }) =>
      menu.some(({ label }) => label === '&Datei'),
    );
    const items = menu.flatMap(({ submenu }) => submenu);
    expect(items.find(({ id }) => id === 'mini-view')).toMatchObject({
      label: 'Kleine Ansicht im Vordergrund',
      checked: true,
    });
  });

  it('copies diagnostics without the user’s folders', async () => {
    const desktop = await launch();
    await desktop.page();
    await desktop.control({ op: 'clickMenu', item: 'diagnostics' });
    const { clipboard } = await until('copied', desktop.state, (state) => state.clipboard !== '');
    expect(clipboard).toMatch(/^Hoverdeck \d/);
    expect(clipboard).toContain('"state": "idle"');
    expect(clipboard).not.toContain(homedir());
  });

  it('keeps the display awake exactly as long as there is a picture', async () => {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    const page = await desktop.page();
    await until('blocked sleep', desktop.state, ({ powerBlockers: [kind] }) =>
      Boolean(kind === 'prevent-display-sleep'),
    );
    await page.evaluate(() => window.hoverdeck.request('source.disconnect', {}));
    await until('let go', desktop.state, ({ powerBlockers }) => powerBlockers.length === 0);
  });
});
