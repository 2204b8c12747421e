import { connectToSimulator, expect, movingPicture, test } from './fixtures.ts';

test.describe('the share sheet', () => {
  test('says who watches, shows them out, and opens a network only when told', async ({
    app,
    host,
    hostKind,
  }) => {
    test.skip(hostKind !== 'browser', 'the window serves nobody unless it is told to');
    await connectToSimulator(app);
    await movingPicture(app);
    const response = await fetch(`${host.url}/stream.mjpeg?width=160`);
    await app.getByRole('button', { name: /watch/i }).click();
    const sheet = app.getByRole('dialog', { name: 'Share' });
    await expect(sheet).toContainText('127.0.0.1 ·');
    await expect(sheet.getByText(`${host.url}/stream.mjpeg`)).toBeVisible();
    await expect(sheet.getByRole('img')).toHaveCount(0);
    await sheet.getByRole('button', { name: /127\.0\.0\.1/ }).click();
    await expect(sheet).not.toContainText('127.0.0.1 ·');
    // A stream without a length is whole when it is over.
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
    const open = sheet.getByRole('button', { name: /^Share on/ }).first();
    if ((await open.count()) === 0) return;
    await open.click();
    await expect(sheet.getByRole('img')).toBeVisible();
    const page = await sheet
      .getByText(/\?token=/)
      .first()
      .innerText();
    const first = await fetch(page);
    expect(first.status).toBe(200);
    await sheet.getByRole('button', { name: 'New key' }).click();
    await expect(sheet.getByText(page, { exact: true })).toHaveCount(0);
    expect((await fetch(page)).status).toBe(403);
    await sheet.getByRole('button', { name: /^Stop/ }).click();
    await expect(open).toBeVisible();
    await expect(fetch(page)).rejects.toThrow();
  });
});
