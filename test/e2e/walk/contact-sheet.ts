import type { CDPSession, Page } from '@playwright/test';

/** A picture of the page, small, with what it shows. */
export type Shot = { title: string; jpeg: string; width: number; height: number };

/** All shots have about this area, whatever the shape of the window. */
const SHOT_AREA = 420 * 300;

/** Takes a small picture of the page: made small by the browser, so that a 4K window costs no more. */
export async function shoot(
  session: CDPSession,
  title: string,
  window: { width: number; height: number },
): Promise<Shot> {
  const scale = Math.min(1, Math.sqrt(SHOT_AREA / (window.width * window.height)));
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'jpeg',
    quality: 85,
    clip: { x: 0, y: 0, ...window, scale },
  });
  return {
    title,
    jpeg: data,
    width: Math.round(window.width * scale),
    height: Math.round(window.height * scale),
  };
}

/** Puts all shots on one page, to be looked at. */
export async function saveContactSheet(page: Page, shots: readonly Shot[], path: string) {
  const figures = shots.map(
    ({ title, jpeg, width, height }) =>
      `<figure><img width="${width}" height="${height}" src="data:image/jpeg;base64,${jpeg}"><figcaption>${title}</figcaption></figure>`,
  );
  await page.setViewportSize({ width: 3600, height: 600 });
  await page.setContent(
    `<style>body{margin:12px;background:#777;font:12px sans-serif;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-end}figure{margin:0}img{display:block}</style>${figures.join('')}`,
  );
  await page.screenshot({ path, fullPage: true });
}
