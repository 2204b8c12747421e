import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';
import { phaseOn, takeOff } from './flying.ts';

test.describe('the library', () => {
  test('a film is recorded with its time on screen, found, and plays to its end', async ({
    app,
  }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.keyboard.press('r');
    const line = app.getByRole('region', { name: 'Record' });
    await expect(line).toContainText(/REC 0:0[2-9]/, { timeout: 10_000 });
    await expect(line).toContainText(/\d+ kB|MB/);
    await app.getByRole('button', { name: 'Stop recording' }).click();
    await expect(app.getByText('Film kept').first()).toBeVisible({ timeout: 10_000 });
    await expect(line).toHaveCount(0);
    await app.keyboard.press('g');
    await app.getByRole('button', { name: /^Play the film/ }).click();
    const player = () =>
      app.evaluate(() => {
        const video = document.querySelector('video');
        return { ended: video?.ended, width: video?.videoWidth, error: video?.error?.message };
      });
    await expect
      .poll(player, { timeout: 20_000 })
      .toEqual({ ended: true, width: 960, error: undefined });
    await app.keyboard.press('Escape');
    await expect(app.getByRole('dialog')).toBeVisible();
    await app.keyboard.press('Escape');
    await expect(app.getByRole('dialog')).toHaveCount(0);
  });

  // The trash is the system's: the rig has none, the browser host takes the real one.
  const tag = { tag: '@browser' };
  test(
    'what is thrown away is gone from the list, and comes back at a click',
    tag,
    async ({ app }) => {
      await connectToSimulator(app);
      await movingPicture(app);
      for (const count of [1, 2, 3]) {
        await app.keyboard.press('c');
        await expect(app.getByRole('button', { name: `Captures (${count})` })).toBeVisible();
      }
      await app.keyboard.press('g');
      const photos = app.getByRole('button', { name: /^View the photo/ });
      await expect(photos).toHaveCount(3);
      // Asked for while it is thrown away, a thumbnail would rightly not be found.
      const loaded = () =>
        photos
          .locator('img')
          .evaluateAll((all) =>
            all.every((img) => img instanceof HTMLImageElement && img.naturalWidth > 0),
          );
      await expect.poll(loaded).toBe(true);
      await photos.first().focus();
      await app.keyboard.press('ArrowRight');
      await expect(photos.nth(1)).toBeFocused();
      await app.keyboard.press('Delete');
      await expect(photos).toHaveCount(2);
      await app.getByRole('button', { name: 'Undo' }).click();
      await expect(photos).toHaveCount(3);
      await app.getByRole('radio', { name: /^Films/ }).click();
      await expect(photos).toHaveCount(0);
    },
  );

  test('a flight is looked at again: its film, its plots and its path on one time line', async ({
    app,
  }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.keyboard.press('r');
    await takeOff(app);
    await app.keyboard.press('l');
    await expect(phaseOn(app)).toHaveText('On the ground', { timeout: 20_000 });
    await app.keyboard.press('r');
    await expect(app.getByText('Film kept').first()).toBeVisible({ timeout: 10_000 });
    await app.keyboard.press('g');
    const flight = app.getByRole('button', { name: /^Look at the flight/ });
    await expect(flight).toBeVisible({ timeout: 15_000 });
    await flight.click();
    await expect(app.locator('.u-over')).toHaveCount(5);
    const video = app.locator('video');
    await expect(video).toBeVisible();
    const time = app.getByRole('slider', { name: 'Time of the flight' });
    await time.fill('3');
    await expect
      .poll(() =>
        video.evaluate((element) =>
          element instanceof HTMLVideoElement ? element.currentTime : 0,
        ),
      )
      .toBeGreaterThan(2);
    await app.getByRole('button', { name: 'Export as CSV' }).click();
    await expect(app.getByText(/^Exported: .*\.csv/)).toBeVisible();
  });
});

test.describe('sharing', () => {
  test('addresses to copy, and who watches', async ({ app, host }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.getByRole('button', { name: 'Share', exact: true }).click();
    const sheet = app.getByRole('dialog');
    await expect(sheet).toContainText(`${host.url}/stream.mjpeg`);
    await expect(sheet).toContainText('Nobody from outside.');
    const leaving = new AbortController();
    const stream = await fetch(`${host.url}/stream.mjpeg?width=320`, { signal: leaving.signal });
    expect(stream.status).toBe(200);
    await sheet.getByRole('button', { name: 'Disconnect 127.0.0.1' }).click();
    await expect(sheet).toContainText('Nobody from outside.');
    leaving.abort();
  });
});
