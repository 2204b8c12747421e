import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

test.describe('the cockpit', () => {
  test('on the edges of a wide picture fades when nobody moves, and wakes at a touch', async ({
    app,
  }) => {
    await app.setViewportSize({ width: 1280, height: 720 });
    await app.getByRole('button', { name: /^Connect to Test picture/ }).click();
    const shutter = app.getByRole('button', { name: 'Capture', exact: true });
    const opacity = () =>
      shutter.evaluate((element) => {
        let seen = 1;
        for (let each: Element | null = element; each; each = each.parentElement) {
          seen *= Number(getComputedStyle(each).opacity);
        }
        return seen;
      });
    await expect(app.getByRole('banner')).toContainText('Live', { timeout: 15_000 });
    await app.mouse.move(640, 360);
    await expect.poll(opacity).toBe(1);
    await expect.poll(opacity, { timeout: 10_000 }).toBe(0);
    // What the pilot must see stays.
    await expect(app.getByRole('banner')).toBeInViewport();
    await expect(app.getByRole('banner')).toContainText('Live');
    await app.mouse.move(600, 300);
    await expect.poll(opacity).toBe(1);
    // Whoever works with the keyboard finds it, too.
    await expect.poll(opacity, { timeout: 10_000 }).toBe(0);
    await shutter.focus();
    await expect.poll(opacity).toBe(1);
  });

  test('beside a drone’s picture stays where it is, however long nobody moves', async ({ app }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.waitForTimeout(4_000);
    await expect(app.locator('[data-asleep]')).toHaveCount(0);
  });

  test('F and a double click fill the screen, and give it back', async ({ app }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    const full = () => app.evaluate(() => document.fullscreenElement !== null);
    await app.keyboard.press('f');
    await expect.poll(full).toBe(true);
    await app.keyboard.press('f');
    await expect.poll(full).toBe(false);
    await app.mouse.dblclick(640, 400);
    await expect.poll(full).toBe(true);
    await app.mouse.dblclick(640, 400);
    await expect.poll(full).toBe(false);
  });
});
