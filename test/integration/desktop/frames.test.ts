import './page-types.ts';
import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import type { Status } from '../../../shared/status.ts';
import { until, useDesktops } from './fixture.ts';

const FORMAT = 1;
const FRAME = 2;

const viewers = async (page: Page) => {
  const reply = await page.evaluate(() => window.hoverdeck.request('status.get', {}));
  return (reply as { value: Status }).value.consumers;
};
const messages = (page: Page) => page.evaluate(() => window.seen.portMessages);

describe('frames on the desktop', () => {
  const launch = useDesktops();

  it('reach a worker of the page as exact buffers, the format first', async () => {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    const page = await desktop.page();
    await page.evaluate(() => window.hoverdeck.openFrames());
    const seen = await until(
      'got frames',
      () => messages(page),
      (list) => list.filter(({ type }) => type === FRAME).length > 2,
    );
    expect(seen[0]?.type).toBe(FORMAT);
    expect(seen.every(({ isBuffer }) => isBuffer)).toBe(true);
    expect(await viewers(page)).toMatchObject([{ name: 'window' }]);
  });

  it('come through one link: a new one closes the former', async () => {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    const page = await desktop.page();
    await page.evaluate(() => window.hoverdeck.openFrames());
    await until(
      'got frames',
      () => messages(page),
      ({ length }) => length > 2,
    );
    await page.evaluate(() => window.hoverdeck.openFrames());
    await until(
      'closed the former link',
      () => page.evaluate(() => window.seen.portsClosed),
      (closed) => closed === 1,
    );
    await until(
      'took frames through the new link alone',
      () => viewers(page),
      ({ length }) => length === 1,
    );
  });

  it('end when the page goes', async () => {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    const page = await desktop.page();
    await page.evaluate(() => window.hoverdeck.openFrames());
    await until(
      'got frames',
      () => messages(page),
      ({ length }) => length > 2,
    );
    await page.reload();
    expect(
      await until(
        'left',
        () => viewers(page),
        ({ length }) => length === 0,
      ),
    ).toEqual([]);
  });
});
