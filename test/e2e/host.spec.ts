import { decodeJpeg } from '../support/decode-jpeg.ts';
import { startBrowserHost } from './browser-host.ts';
import { connectToSimulator, expect, movingPicture, request, statusOf, test } from './fixtures.ts';

test.describe('the browser host', () => {
  test('with a source on the command line is live at once, for scripts too', async () => {
    const host = await startBrowserHost(['--source', 'simulator']);
    await expect.poll(async () => (await statusOf(host)).state, { timeout: 15_000 }).toBe('live');
    const response = await fetch(`${host.url}/snapshot.jpg`);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(decodeJpeg(new Uint8Array(await response.arrayBuffer()))).toMatchObject({
      width: 960,
      height: 720,
      code: { frame: expect.any(Number) },
    });
    expect(await host.stop('SIGINT')).toBe(0);
  });

  test('that goes away is said, and the page comes back with it', async ({ page }) => {
    const first = await startBrowserHost();
    await request(first, 'settings.set', { introSeen: true });
    await page.goto(first.url);
    await connectToSimulator(page);
    await movingPicture(page);
    const port = new URL(first.url).port;
    await first.stop('SIGKILL');
    await expect(page.getByText(/lost|reach/i).first()).toBeVisible({ timeout: 10_000 });
    const second = await startBrowserHost(['--port', port]);
    await request(second, 'settings.set', { introSeen: true });
    await expect(page.getByRole('heading', { name: 'Hoverdeck' })).toBeVisible({ timeout: 20_000 });
    await connectToSimulator(page);
    await movingPicture(page);
    await second.stop();
  });
});
