import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJpeg } from '../support/decode-jpeg.ts';
import type { AppHost } from './app-host.ts';
import {
  connectTo,
  connectToSimulator,
  expect,
  linkKind,
  movingPicture,
  request,
  test,
} from './fixtures.ts';

const photos = (host: AppHost) => readdir(join(host.picturesFolder, 'Hoverdeck')).catch(() => []);

test.describe('capture', () => {
  test('the key C keeps the picture, shows it and lists it', async ({ app, host }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.keyboard.press('c');
    await expect(app.getByText('Photo saved').first()).toBeVisible();
    const [name = ''] = await photos(host);
    expect(name).toMatch(/^\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.\d{3} Simulated drone \d{6}\.jpg$/);
    const photo = decodeJpeg(await readFile(join(host.picturesFolder, 'Hoverdeck', name)));
    expect(photo).toMatchObject({ width: 960, height: 720 });
    // A picture that refers to a damaged one has its smear, however whole it came itself.
    if (linkKind() === 'clean')
      expect(photo).toMatchObject({ code: { frame: expect.any(Number) } });
    await app.getByRole('button', { name: 'Captures (1)' }).click();
    const thumbnail = app.getByRole('dialog').getByRole('img').first();
    await expect(thumbnail).toBeVisible();
    await expect
      .poll(() =>
        thumbnail.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
      )
      .toBe(320);
  });

  test('a photo is looked at, with its neighbours, from the message that told of it', async ({
    app,
    host,
  }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    for (const count of [1, 2]) {
      await app.keyboard.press('c');
      await expect.poll(async () => (await photos(host)).length).toBe(count);
      await expect(app.getByRole('button', { name: `Captures (${count})` })).toBeVisible();
    }
    await app.getByRole('button', { name: 'View' }).click();
    const viewer = app.getByRole('dialog');
    const shown = () =>
      viewer
        .getByRole('img')
        .evaluate((image) =>
          image instanceof HTMLImageElement
            ? [image.naturalWidth, image.naturalHeight, image.src]
            : [],
        );
    await expect.poll(shown).toEqual([960, 720, expect.stringContaining('/picture')]);
    const [, , newest] = await shown();
    await app.keyboard.press('ArrowRight');
    await expect.poll(async () => (await shown())[2]).not.toBe(newest);
    const older = viewer.getByRole('button', { name: 'Older photo' });
    await expect(older).toHaveAttribute('aria-disabled', 'true');
    await viewer.getByRole('button', { name: 'Newer photo' }).click();
    await expect.poll(async () => (await shown())[2]).toBe(newest);
    if (host.kind === 'browser') {
      const download = app.waitForEvent('download');
      await viewer.getByRole('link', { name: 'Save a copy' }).click();
      expect((await download).suggestedFilename()).toMatch(/Simulated drone \d{6}\.jpg$/);
    }
    await app.keyboard.press('Escape');
    await expect(app.getByRole('dialog')).toHaveCount(0);
  });

  test('ten rapid clicks never take two photos at once, and none is refused in the user’s face', async ({
    app,
    host,
  }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    const button = app.getByRole('button', { name: /^Captur(e|ing…)$/ });
    for (let i = 0; i < 10; i++) await button.click({ force: true });
    await expect.poll(async () => (await photos(host)).length).toBeGreaterThan(0);
    await expect(app.getByRole('button', { name: 'Capture', exact: true })).toBeEnabled();
    await expect(app.getByText(/could not|failed/i)).toHaveCount(0);
    for (const name of await photos(host)) expect(name).toMatch(/\.jpg$/);
  });

  test('a folder that is gone is a clear error, no half file, and the stream goes on', async ({
    app,
    host,
  }) => {
    const folder = join(host.folder, 'stick');
    await mkdir(folder);
    await request(host, 'settings.set', { photoFolder: folder });
    await rm(folder, { recursive: true });
    await connectToSimulator(app);
    const before = await movingPicture(app);
    await app.keyboard.press('c');
    const told = app.getByText(/The folder .*stick is not there/).first();
    await expect(told).toBeVisible();
    await movingPicture(app, before + 10);
    expect(await photos(host)).toEqual([]);
    await app.getByRole('button', { name: 'Choose another folder' }).click();
    const field = app.getByRole('textbox', { name: 'Folder' });
    await field.fill('/proc/nothing/here');
    await app.getByRole('button', { name: 'Save folder' }).click();
    await expect(app.getByText('The folder /proc/nothing/here is not there.')).toBeVisible();
    await expect(field).toHaveValue('/proc/nothing/here');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.fill(host.folder);
    await app.getByRole('button', { name: 'Save folder' }).click();
    await expect(app.getByText(`Photos go to ${host.folder}`)).toBeVisible();
    // What the message said is no longer so.
    await expect(told).toHaveCount(0);
  });

  test('capture without a picture says why it cannot', async ({ app, host }) => {
    await expect(app.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible();
    await app.keyboard.press('c');
    await expect(app.getByText('Connect to a source to take photos.').first()).toBeVisible();
    // A shutter that cannot work is not shown at all.
    await expect(app.getByRole('button', { name: 'Capture', exact: true })).toHaveCount(0);
    expect(await photos(host)).toEqual([]);
  });

  test('a shutter without a signal says why', async ({ app, host, drone }) => {
    await connectTo(host, drone);
    await movingPicture(app);
    await drone.setFaults({ silenceAfterS: 0 });
    await expect(app.getByText(/No signal for \d+ s/).first()).toBeVisible({ timeout: 10_000 });
    const shutter = app.getByRole('button', { name: 'Capture', exact: true });
    await expect(shutter).toHaveAttribute('aria-disabled', 'true');
    await shutter.hover();
    await expect(app.getByRole('tooltip')).toContainText('there is no signal');
    await shutter.click({ force: true });
    expect(await photos(host)).toEqual([]);
  });
});
