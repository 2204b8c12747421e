import { once } from 'node:events';
import { WebSocket } from 'ws';
import { MAX_VIEWERS } from '../../electron/video/viewers.ts';
import { encodeViewerMessage } from '../../shared/frames.ts';
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

  test('sends little, and nothing of the page moves while it starts', async ({ page }) => {
    const host = await startBrowserHost();
    try {
      await request(host, 'settings.set', { introSeen: true });
      let bytes = 0;
      page.on('requestfinished', async (finished) => {
        const sizes = await finished.sizes();
        bytes += sizes.responseBodySize + sizes.responseHeadersSize;
      });
      await page.addInitScript(() => {
        Object.assign(window, { shift: 0 });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if ('value' in entry) {
              Object.assign(window, { shift: Number(entry.value) + shiftSoFar() });
            }
          }
        }).observe({ type: 'layout-shift', buffered: true });
        function shiftSoFar(): number {
          return 'shift' in window ? Number(window.shift) : 0;
        }
      });
      await page.goto(host.url);
      // Cameras come last, and lengthen the list.
      await expect(page.getByRole('button', { name: /^Connect to Test picture/ })).toBeVisible();
      expect(await page.evaluate(() => ('shift' in window ? window.shift : null))).toBe(0);
      await connectToSimulator(page);
      await movingPicture(page);
      expect(bytes).toBeGreaterThan(50_000);
      expect(bytes).toBeLessThan(200_000);
    } finally {
      await host.stop();
    }
  });

  test('with no room for one more page says so there, and lets it in when there is', async ({
    page,
  }) => {
    const host = await startBrowserHost();
    const watching: WebSocket[] = [];
    try {
      await request(host, 'settings.set', { introSeen: true });
      await request(host, 'source.connect', { source: { kind: 'simulator' } });
      await expect.poll(async () => (await statusOf(host)).state, { timeout: 15_000 }).toBe('live');
      for (let i = 0; i < MAX_VIEWERS; i++) {
        const socket = new WebSocket(`${host.url.replace('http', 'ws')}/frames`);
        watching.push(socket);
        await once(socket, 'open');
        socket.send(new Uint8Array(encodeViewerMessage({ type: 'ready' })));
      }
      await page.goto(host.url);
      await expect(page.getByTestId('veil')).toContainText('No room for one more viewer', {
        timeout: 15_000,
      });
      for (const socket of watching) socket.terminate();
      await movingPicture(page);
      await expect(page.getByTestId('veil')).toHaveCount(0);
    } finally {
      for (const socket of watching) socket.terminate();
      await host.stop();
    }
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
