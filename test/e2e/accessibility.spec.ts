import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

async function violations(page: Page): Promise<string[]> {
  const results = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return results.violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`,
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('every screen passes axe', async ({ app }) => {
      await expect(app.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible();
      expect(await violations(app)).toEqual([]);
      await connectToSimulator(app);
      await movingPicture(app);
      await app.keyboard.press('c');
      await expect(app.getByText('Photo saved').first()).toBeVisible();
      expect(await violations(app)).toEqual([]);
      await app.getByRole('button', { name: 'Settings' }).click();
      await expect(app.getByRole('dialog')).toBeVisible();
      expect(await violations(app)).toEqual([]);
    });
  });
}

test('everything can be done from the keyboard', async ({ app }) => {
  const simulated = app.getByRole('button', { name: /^Connect to Simulated drone/ });
  await expect(simulated).toBeVisible();
  await app.keyboard.press('Tab');
  await expect(simulated).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(app.getByRole('banner')).toContainText('Live', { timeout: 15_000 });
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog')).toContainText('Take a photo');
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toHaveCount(0);
  await app.keyboard.press('k');
  await expect(app.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible();
});

test('a drawer is left by Tab, closed by one Escape, and focus is never lost', async ({ app }) => {
  const focused = () =>
    app.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.tagName ?? '';
    });
  await connectToSimulator(app);
  // The button that was pressed is gone with its screen.
  await expect.poll(focused).not.toBe('BODY');
  const settings = app.getByRole('button', { name: 'Settings', exact: true });
  await settings.focus();
  await app.keyboard.press('Enter');
  const drawer = app.getByRole('dialog');
  await expect(drawer).toBeVisible();
  const within = () => drawer.evaluate((element) => element.contains(document.activeElement));
  await expect.poll(within).toBe(true);
  for (let i = 0; i < 30 && (await within()); i++) await app.keyboard.press('Tab');
  expect(await within()).toBe(false);
  // With a tooltip open, too, one Escape is enough.
  await drawer.getByRole('button', { name: 'Close settings' }).hover();
  // The tip of a button passed before may still be fading.
  await expect(app.getByRole('tooltip', { name: /^Close settings/ })).toBeVisible();
  await drawer.getByRole('switch', { name: 'Mirror' }).focus();
  await app.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect.poll(focused).not.toBe('BODY');
  await app.getByRole('button', { name: 'Disconnect' }).click();
  await expect(app.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible();
  await expect.poll(focused).not.toBe('BODY');
  await app.keyboard.press('Tab');
  await expect(app.getByRole('button', { name: /^Connect to Simulated drone/ })).toBeFocused();
});

for (const viewport of [
  { width: 360, height: 640 },
  { width: 800, height: 500 },
  { width: 2560, height: 1440 },
]) {
  test.describe(`at ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport });

    test('nothing is cut off and nothing scrolls', async ({ app }) => {
      await connectToSimulator(app);
      await movingPicture(app);
      const overflow = await app.evaluate(() => ({
        x: document.documentElement.scrollWidth - innerWidth,
        y: document.documentElement.scrollHeight - innerHeight,
      }));
      expect(overflow).toEqual({ x: 0, y: 0 });
      for (const name of ['Disconnect', 'Capture', 'Settings']) {
        await expect(app.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
      }
    });
  });
}
