import {
  connectToSimulator,
  expect,
  movingPicture,
  pictureMark,
  pictureOn,
  statusOf,
  test,
} from './fixtures.ts';

test.describe('a webcam', () => {
  test('is one click, like the drone, and switching needs no restart', async ({ app, host }) => {
    await app.getByRole('button', { name: /^Connect to Test picture/ }).click();
    const banner = app.getByRole('banner');
    await expect(banner).toContainText('Test picture');
    await app.keyboard.press('i');
    await expect(banner).toContainText('1280 × 720', { timeout: 15_000 });
    await expect(banner).toContainText(/Delay\s*[\d.]+ \/ [\d.]+\s*ms/);
    const seen = await pictureMark(app);
    await expect.poll(() => pictureMark(app)).not.toBe(seen);

    await app.getByRole('button', { name: /^Source:/ }).click();
    await app.getByRole('menuitemradio', { name: /Simulated drone/ }).click();
    await expect(banner).toContainText('960 × 720', { timeout: 15_000 });
    await movingPicture(app);
    expect((await statusOf(host)).reader).toBeNull();
  });

  test('mirror and rotate turn the view', async ({ app }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.getByRole('button', { name: 'Settings' }).click();
    await app.getByRole('radio', { name: /90/ }).click();
    const size = () =>
      app.evaluate(() => {
        const canvas = document.querySelector('canvas');
        return [canvas?.width, canvas?.height];
      });
    await expect.poll(size).toEqual([720, 960]);
    await app.getByRole('radio', { name: /^0/ }).click();
    await expect.poll(size).toEqual([960, 720]);
    await movingPicture(app);
    await app.getByRole('switch', { name: /Mirror/ }).click();
    // Mirrored, the simulator's code reads backwards, which is not at all.
    await expect.poll(() => pictureOn(app)).toBeNull();
    await app.getByRole('switch', { name: /Mirror/ }).click();
    await movingPicture(app);
  });
});
