import {
  connectTo,
  connectToSimulator,
  expect,
  movingPicture,
  movingWord,
  pictureMark,
  statusOf,
  test,
} from './fixtures.ts';

test.describe('live view', () => {
  test('one click on the simulated drone shows a moving picture with its figures', async ({
    app,
    host,
  }) => {
    await expect(app.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible();
    await connectToSimulator(app);
    const first = await movingPicture(app);
    await movingPicture(app, first + 15);
    const banner = app.getByRole('banner');
    await expect(banner).toContainText(/Battery\s*\d+\s*%/);
    await expect(banner).toContainText(/Height\s*-?[\d.]+\s*m/);
    await expect(banner).not.toContainText('fps');
    await app.keyboard.press('i');
    await expect(banner).toContainText('960 × 720');
    await expect(banner).toContainText(/\d+\s*fps/);
    await expect(banner).toContainText(/Delay\s*[\d.]+ \/ [\d.]+\s*ms/);
    await app.getByRole('button', { name: 'Hide the numbers' }).click();
    await expect(banner).not.toContainText('fps');
    await expect
      .poll(async () => (await statusOf(host)).consumers)
      .toMatchObject([
        {
          name: host.kind === 'browser' ? 'browser' : 'window',
          kind: 'viewer',
          delayMs: { p50: expect.any(Number) },
        },
      ]);
  });

  test('a picture that stops is never shown as live, and comes back by itself', async ({
    app,
    host,
    drone,
  }) => {
    await connectTo(host, drone);
    const before = await movingPicture(app);
    await drone.setFaults({ silenceAfterS: 0 });
    await expect(app.getByText(/No signal for \d+ s/).first()).toBeVisible({ timeout: 10_000 });
    await expect(app.getByRole('banner')).not.toContainText(movingWord());
    await drone.setFaults({ silenceAfterS: null });
    await expect(app.getByRole('banner')).toContainText(movingWord(), { timeout: 20_000 });
    await expect(app.getByText(/No signal for/)).toHaveCount(0);
    await movingPicture(app, before);
  });

  test('loss costs pictures, not the view', async ({ app, host, drone }) => {
    await connectTo(host, drone);
    await movingPicture(app);
    await drone.setFaults({ loss: 0.02, reorder: 0.01, duplicate: 0.01 });
    const banner = app.getByRole('banner');
    await expect(banner).toContainText('Weak signal', { timeout: 10_000 });
    // Damaged pictures cannot be read for certain, but they must go on changing.
    for (let i = 0; i < 10; i++) {
      const seen = await pictureMark(app);
      await expect.poll(() => pictureMark(app), { timeout: 10_000 }).not.toBe(seen);
      await expect(banner).toContainText('Weak signal');
      await expect(app.getByTestId('veil')).toHaveCount(0);
    }
    await drone.setFaults({ loss: 0, reorder: 0, duplicate: 0 });
    const now = await movingPicture(app);
    await movingPicture(app, now + 40);
    await expect(banner).toContainText('Live', { timeout: 15_000 });
  });

  test('a resolution change in mid-stream goes on as if nothing were', async ({
    app,
    host,
    drone,
  }) => {
    await connectTo(host, drone);
    await movingPicture(app);
    await app.keyboard.press('i');
    await drone.setFaults({ resolutionChangeAfterS: 0 });
    await expect(app.getByRole('banner')).toContainText('640 × 480', { timeout: 15_000 });
    await movingPicture(app);
  });

  test('two windows see the same drone; one that leaves is not missed', async ({
    app,
    host,
    browser,
  }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    const second = await browser.newPage();
    await second.goto(host.url);
    await movingPicture(second);
    expect((await statusOf(host)).consumers).toHaveLength(2);
    await second.close();
    await expect.poll(async () => (await statusOf(host)).consumers).toHaveLength(1);
    const now = await movingPicture(app);
    await movingPicture(app, now + 10);
  });

  test('connect, disconnect and switch at any moment, as fast as one can click', async ({
    app,
    host,
  }) => {
    await connectToSimulator(app);
    for (let i = 0; i < 6; i++) {
      await app.keyboard.press('k');
      await app.waitForTimeout(i * 60);
    }
    await app.waitForTimeout(500);
    const state = (await statusOf(host)).state;
    if (state === 'idle') await app.keyboard.press('k');
    await expect.poll(async () => (await statusOf(host)).state, { timeout: 15_000 }).toBe('live');
    await movingPicture(app);
    await app.getByRole('button', { name: 'Disconnect' }).click();
    await expect(app.getByRole('button', { name: /^Connect to Simulated drone/ })).toBeVisible();
    await expect.poll(async () => (await statusOf(host)).state).toBe('idle');
  });
});
