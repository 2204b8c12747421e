import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

test.describe('the desktop', () => {
  test('a photo can be shown in its folder', async ({ app, host }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    await app.keyboard.press('c');
    await app.getByRole('button', { name: 'Show in folder' }).first().click();
    const [name = ''] = await readdir(join(host.picturesFolder, 'Hoverdeck'));
    await expect
      .poll(() => host.shownInFolder())
      .toEqual([join(host.picturesFolder, 'Hoverdeck', name)]);
  });
});
