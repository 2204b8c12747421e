import type { Worker } from '@playwright/test';
import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

// In the browser only: over the rig's debugging connection Playwright does not reach a page's workers.
test.describe('the painter', () => {
  test('a painter that crashes or hangs is replaced', async ({ app }) => {
    await connectToSimulator(app);
    await movingPicture(app);
    const harmed = new Set<Worker | undefined>();
    for (const harm of ['crash', 'hang'] as const) {
      // A canvas can be handed to one worker only: another canvas is another worker.
      await app.evaluate(() => document.querySelector('canvas')?.setAttribute('data-former', ''));
      const current = () => app.workers().find((worker) => !harmed.has(worker));
      await expect.poll(current).toBeDefined();
      const worker = current();
      harmed.add(worker);
      await worker?.evaluate((what) => {
        if (what === 'crash') setTimeout(() => self.close(), 0);
        else
          setTimeout(() => {
            for (;;);
          }, 0);
      }, harm);
      await expect(app.locator('canvas[data-former]')).toHaveCount(0, { timeout: 20_000 });
      const back = await movingPicture(app);
      await movingPicture(app, back + 5);
    }
  });
});
