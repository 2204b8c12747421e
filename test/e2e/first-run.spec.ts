import { expect, movingPicture, test } from './fixtures.ts';

test.use({ newcomer: true });

test.describe('a newcomer', () => {
  test('is shown three cards, once, and then the sources', async ({ app }) => {
    const card = app.getByRole('dialog');
    await expect(card).toContainText('Practise first');
    await card.getByRole('button', { name: 'Next' }).click();
    await expect(card).toContainText('TELLO\u2011XXXXXX');
    await expect(card.getByRole('status')).toContainText(/drone’s network/);
    await card.getByRole('button', { name: 'Next' }).click();
    await expect(card).toContainText('A drone can hurt people');
    await card.getByRole('button', { name: 'Begin' }).click();
    await expect(card).toHaveCount(0);
    await app.reload();
    await app.getByRole('button', { name: /^Connect to Simulated drone/ }).click();
    await movingPicture(app);
    await expect(card).toHaveCount(0);
  });

  test('may skip them with one key', async ({ app }) => {
    await expect(app.getByRole('dialog')).toContainText('Practise first');
    await app.keyboard.press('Escape');
    await expect(app.getByRole('dialog')).toHaveCount(0);
    await expect(app.getByRole('button', { name: /^Connect to Simulated drone/ })).toBeVisible();
  });
});
