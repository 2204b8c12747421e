import { connectTo, expect, movingPicture, test } from './fixtures.ts';

/** Outages over and beside keyframes froze the picture for ever once: a reload was the only cure. */
test.describe('an outage of the air', () => {
  for (const on of ['idr', 'after-idr', 'parameter-sets'] as const) {
    test(`beginning with ${on}: the picture moves again by itself`, async ({
      app,
      host,
      drone,
    }) => {
      await connectTo(host, drone);
      let frame = await movingPicture(app);
      await app.evaluate(() => Object.assign(window, { neverReloaded: true }));
      for (const forMs of [200, 500, 1_000]) {
        await drone.setFaults({ video: { outage: { atMs: 0, everyMs: null, forMs, on } } });
        // The counter is in the picture: one group of pictures later it is read from the screen again.
        frame = await movingPicture(app, frame + 45);
      }
      await expect(app.getByRole('banner')).toContainText('Live', { timeout: 15_000 });
      expect(await app.evaluate(() => 'neverReloaded' in window)).toBe(true);
    });
  }

  test('of one datagram, the first of a keyframe, does not freeze the picture', async ({
    app,
    host,
    drone,
  }) => {
    await connectTo(host, drone);
    let frame = await movingPicture(app);
    for (let i = 0; i < 3; i++) {
      // So short that it ends before the keyframe's second datagram leaves, as a rule.
      await drone.setFaults({
        video: { outage: { atMs: 0, everyMs: null, forMs: 0.05, on: 'idr' } },
      });
      frame = await movingPicture(app, frame + 40);
    }
  });
});
