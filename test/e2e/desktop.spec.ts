import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectTo, connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

test.describe('the desktop', () => {
  test('a photo can be shown in its folder', async ({ app, host }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.keyboard.press('c');
    await app.getByRole('button', { name: 'View' }).click();
    await app.getByRole('dialog').getByRole('button', { name: 'Show in folder' }).click();
    const [name = ''] = await readdir(join(host.picturesFolder, 'Hoverdeck'));
    await expect
      .poll(() => host.shownInFolder())
      .toEqual([join(host.picturesFolder, 'Hoverdeck', name)]);
  });

  test('a picture that is lost while nobody looks is a notification that leads back', async ({
    app,
    host,
    drone,
  }) => {
    await connectTo(host, drone);
    await movingPicture(app);
    await host.desktop?.control({ op: 'minimizeWindow' });
    await drone.setFaults({ silenceAfterS: 0 });
    const shown = async () => (await host.desktop?.state())?.notifications ?? [];
    await expect.poll(async () => (await shown()).length, { timeout: 20_000 }).toBe(1);
    expect((await shown())[0]?.title).toContain('Tello');
    await host.desktop?.control({ op: 'clickNotification' });
    expect((await host.desktop?.state())?.windows[0]).toMatchObject({ minimized: false });
    await drone.setFaults({ silenceAfterS: null });
    await movingPicture(app);
    expect(await shown()).toHaveLength(1);
  });

  test('a painter that stops is replaced, in the window too', async ({ app }) => {
    await app.addInitScript(() => {
      const made: Worker[] = [];
      Object.assign(window, { made });
      const PlainWorker = Worker;
      window.Worker = class extends PlainWorker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          made.push(this);
        }
      };
    });
    await app.reload();
    await connectToSimulator(app);
    const before = await movingPicture(app);
    await app.evaluate(() => {
      document.querySelector('canvas')?.setAttribute('data-former', '');
      (window as { made?: Worker[] }).made?.at(-1)?.terminate();
    });
    await expect(app.locator('canvas[data-former]')).toHaveCount(0, { timeout: 20_000 });
    await movingPicture(app, before + 5);
  });
});
