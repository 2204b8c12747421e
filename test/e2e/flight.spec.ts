import { connectTo, movingPicture, request } from './fixtures.ts';
import {
  AT_REST,
  controlsOn,
  expect,
  fakeGamepads,
  newestSticks,
  phaseOn,
  setPad,
  staysAtRest,
  takeOff,
  test,
} from './flying.ts';

test.describe.configure({ timeout: 90_000 });

test('a newcomer flies a square by keyboard, lands, and sees it', async ({ app, host, drone }) => {
  await connectTo(host, drone);
  await movingPicture(app);
  await takeOff(app);
  for (const key of ['ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) {
    await app.keyboard.down(key);
    await app.waitForTimeout(900);
    await app.keyboard.up(key);
    await app.waitForTimeout(900);
  }
  const past = (await request(host, 'flight.history', {})) as {
    value: { xSpeedDmS?: number; ySpeedDmS?: number }[];
  };
  const along = past.value.map(({ xSpeedDmS = 0 }) => xSpeedDmS);
  const across = past.value.map(({ ySpeedDmS = 0 }) => ySpeedDmS);
  for (const speeds of [along, across]) {
    expect(Math.max(...speeds)).toBeGreaterThan(1);
    expect(Math.min(...speeds)).toBeLessThan(-1);
  }
  await app.keyboard.press('l');
  await expect(phaseOn(app)).toHaveText('Landing', { timeout: 15_000 });
  await expect(phaseOn(app)).toHaveText('On the ground', { timeout: 20_000 });
  await expect(app.getByText('Ready to take off').first()).toBeVisible({ timeout: 15_000 });
});

test('a tap of T starts nothing, T held does; W climbs while it is held', async ({
  app,
  tello,
}) => {
  await expect(app.getByText('Ready to take off').first()).toBeVisible({ timeout: 15_000 });
  await app.keyboard.press('t');
  await app.keyboard.press('t');
  await app.waitForTimeout(1_200);
  expect(tello.orders.filter((order) => order === 'takeoff')).toEqual([]);
  await takeOff(app);
  expect(tello.orders.filter((order) => order === 'takeoff')).toHaveLength(1);
  await app.keyboard.down('w');
  await expect.poll(() => newestSticks(tello)).toBe('rc 0 0 60 0');
  await app.keyboard.up('w');
  await staysAtRest(app, tello);
});

test('Space stops, whatever has the focus', async ({ app, tello }) => {
  await takeOff(app);
  const land = controlsOn(app).getByRole('button', { name: 'Land' });
  await land.focus();
  await app.keyboard.press('Space');
  await expect.poll(() => tello.orders.filter((order) => order === 'stop').length).toBe(1);
  expect(tello.orders).not.toContain('land');
  await expect(controlsOn(app).getByRole('button', { name: 'Stop', exact: true })).toBeEnabled();
});

test.describe('a stick that is held comes to rest', () => {
  test('when the window loses the focus', async ({ app, tello }) => {
    await takeOff(app);
    await app.keyboard.down('ArrowUp');
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 60 0 0');
    await app.evaluate(() => window.dispatchEvent(new Event('blur')));
    await staysAtRest(app, tello);
  });

  test('when the tab is hidden', async ({ app, tello }) => {
    await takeOff(app);
    await app.keyboard.down('a');
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 0 0 -60');
    await app.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await staysAtRest(app, tello);
  });

  test('when its keyup is lost', async ({ app, tello }) => {
    await takeOff(app);
    // The second one is a repeat: this keyboard repeats, and then falls silent without a keyup.
    await app.keyboard.down('d');
    await app.keyboard.down('d');
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 0 0 60');
    await staysAtRest(app, tello);
  });

  test('when the page is closed', async ({ host, tello, browser }) => {
    const page = await browser.newPage();
    await page.goto(host.url);
    await takeOff(page);
    await page.keyboard.down('ArrowLeft');
    await expect.poll(() => newestSticks(tello)).toBe('rc -60 0 0 0');
    await page.close();
    await expect.poll(() => newestSticks(tello)).toBe(AT_REST);
  });

  test('when the page crashes', async ({ host, tello, browser }) => {
    const page = await browser.newPage();
    await page.goto(host.url);
    await takeOff(page);
    await page.keyboard.down('ArrowRight');
    await expect.poll(() => newestSticks(tello)).toBe('rc 60 0 0 0');
    const session = await page.context().newCDPSession(page);
    // It never answers: the page is gone.
    session.send('Page.crash').catch(() => undefined);
    await expect.poll(() => newestSticks(tello)).toBe(AT_REST);
    await page.close();
  });

  test('when the page hangs', async ({ host, tello, browser }) => {
    const page = await browser.newPage();
    await page.goto(host.url);
    await takeOff(page);
    await page.keyboard.down('s');
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 0 -60 0');
    const hung = page.evaluate(() => {
      const until = performance.now() + 3_000;
      while (performance.now() < until);
    });
    await expect.poll(() => newestSticks(tello), { timeout: 2_500 }).toBe(AT_REST);
    await hung;
    await page.close();
  });
});

test.describe('a gamepad', () => {
  test('flies; unplugged with a stick held it flies no longer', async ({ app, tello }) => {
    await fakeGamepads(app);
    await app.reload();
    await takeOff(app);
    await setPad(app, { axes: [0, 0, 0, 0] });
    await app.waitForTimeout(300);
    await setPad(app, { axes: [0, 0, 0, -1] });
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 60 0 0');
    await app.keyboard.press('m');
    await expect(app.getByRole('dialog')).toContainText('The gamepad flies.');
    await expect(app.getByRole('img', { name: 'The sticks of the gamepad' })).toBeVisible();
    await app.keyboard.press('Escape');
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 60 0 0');
    await setPad(app, null);
    await staysAtRest(app, tello);

    // Back, and still off centre: it counts after it was let go.
    await setPad(app, { axes: [0, 0, 0, -1] });
    await staysAtRest(app, tello);
    await setPad(app, { axes: [0, 0, 0, 0] });
    await app.waitForTimeout(300);
    await setPad(app, { axes: [0, 0, 1, 0] });
    await expect.poll(() => newestSticks(tello)).toBe('rc 60 0 0 0');
  });

  test('that freezes off centre does not fly on', async ({ app, tello }) => {
    await fakeGamepads(app);
    await app.reload();
    await takeOff(app);
    await setPad(app, { axes: [0, 0, 0, 0] });
    await app.waitForTimeout(300);
    await setPad(app, { axes: [0, -1, 0, 0], frozen: true });
    await expect.poll(() => newestSticks(tello)).toBe('rc 0 0 60 0');
    await staysAtRest(app, tello);
  });

  test('has no button that stops the motors', async ({ app, tello }) => {
    await fakeGamepads(app);
    await app.reload();
    await takeOff(app);
    await setPad(app, { axes: [0, 0, 0, 0], pressed: true });
    await app.waitForTimeout(1_500);
    expect(tello.orders).not.toContain('emergency');
    expect(tello.mode).toBe('hover');
  });
});

test('the motors stop only when their button is held: no tap, double tap or repeated key', async ({
  app,
  tello,
}) => {
  await takeOff(app);
  const red = controlsOn(app).getByRole('button', { name: 'Stop all motors' });
  await red.click();
  await red.dblclick();
  await red.focus();
  // Held down for longer than it takes, and repeating: one key alone never does it.
  for (let i = 0; i < 15; i++) {
    await app.keyboard.down('Enter');
    await app.waitForTimeout(100);
  }
  await app.keyboard.up('Enter');
  expect(tello.orders).not.toContain('emergency');
  expect(tello.mode).toBe('hover');

  await red.hover();
  await app.mouse.down();
  await expect.poll(() => tello.orders.filter((order) => order === 'emergency').length).toBe(1);
  await app.mouse.up();
  await expect(phaseOn(app)).toHaveText(/Motors stopped|On the ground/, { timeout: 15_000 });
});

test('two pages: one flies, the other may stop it, and takes the controls on purpose only', async ({
  app,
  host,
  tello,
  browser,
}) => {
  await takeOff(app);
  const other = await browser.newPage();
  await other.goto(host.url);
  await expect(other.getByText('has the controls')).toBeVisible();
  await app.keyboard.down('ArrowUp');
  await expect.poll(() => newestSticks(tello)).toBe('rc 0 60 0 0');
  await other.keyboard.down('ArrowDown');
  await other.waitForTimeout(500);
  expect(tello.sticks).not.toContain('rc 0 -60 0 0');

  // The hand-over begins at zero, though both hold a key.
  await other.getByRole('button', { name: 'Take the controls' }).click();
  await staysAtRest(app, tello);
  await app.keyboard.up('ArrowUp');
  await other.keyboard.up('ArrowDown');
  await other.waitForTimeout(300);
  await other.keyboard.down('ArrowDown');
  await expect.poll(() => newestSticks(tello)).toBe('rc 0 -60 0 0');
  await app.keyboard.press('Space');
  await expect.poll(() => tello.orders.filter((order) => order === 'stop').length).toBe(1);
  await other.close();
});

test('ending the connection while it flies asks first, and then lands', async ({ app, tello }) => {
  await takeOff(app);
  await app.keyboard.press('k');
  const question = app.getByRole('dialog');
  await expect(question).toContainText('The drone may be flying');
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toHaveCount(0);
  expect(tello.orders).not.toContain('land');

  // Nor does another source come in its place.
  await app.getByRole('button', { name: /^Source:/ }).click();
  await app.getByRole('menuitemradio', { name: /Simulated drone/ }).click();
  await expect(question).toContainText('The drone may be flying');
  await app.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  expect(tello.orders).not.toContain('land');

  await app.keyboard.press('k');
  await question.getByRole('button', { name: 'Land and disconnect' }).click();
  await expect.poll(() => tello.orders).toContain('land');
});

test('thumbs fly: two sticks at once, and zero when a touch is cancelled', async ({
  host,
  tello,
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 844, height: 390 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto(host.url);
  await takeOff(page);
  const middle = async (side: string) => {
    const box = await page.getByTestId(`stick-${side}`).boundingBox();
    if (box === null) throw new Error(`there is no ${side} stick`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, reach: box.width / 2 };
  };
  const left = await middle('left');
  const right = await middle('right');
  const session = await context.newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [{ x: left.x, y: left.y, id: 1 }],
  });
  await session.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [
      { x: left.x, y: left.y, id: 1 },
      { x: right.x, y: right.y, id: 2 },
    ],
  });
  await page.waitForTimeout(300);
  await session.send('Input.dispatchTouchEvent', {
    type: 'touchMove',
    touchPoints: [
      { x: left.x, y: left.y - left.reach, id: 1 },
      { x: right.x + right.reach, y: right.y, id: 2 },
    ],
  });
  await expect.poll(() => newestSticks(tello)).toBe('rc 60 0 60 0');
  await session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
  await staysAtRest(page, tello);

  // Turned upright the page is as wide as the phone, and the sticks stay in reach.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(390);
  for (const side of ['left', 'right']) {
    const { x, reach } = await middle(side);
    expect(x - reach).toBeGreaterThanOrEqual(0);
    expect(x + reach).toBeLessThanOrEqual(390);
  }
  await context.close();
});

test('a camera shows nothing that flies', async ({ app, host }) => {
  await request(host, 'source.connect', { source: { kind: 'webcam', device: 'test' } });
  await expect(app.getByRole('banner')).toContainText('Test picture', { timeout: 15_000 });
  await expect(controlsOn(app)).toHaveCount(0);
  await expect(app.getByRole('region', { name: 'Instruments' })).toHaveCount(0);
});

test('the instruments show what the drone tells, and go at a key', async ({ app, tello }) => {
  await takeOff(app);
  const instruments = app.getByRole('region', { name: 'Instruments' });
  await expect(instruments).toContainText('0.8');
  await expect(instruments).toContainText('57');
  // No more reports: what it showed grows old, and then it is unknown.
  tello.tells = false;
  await expect(instruments).toHaveAttribute('data-age', 'stale', { timeout: 10_000 });
  await app.keyboard.press('h');
  await expect(instruments).toHaveCount(0);
});

test.describe('manoeuvres', () => {
  test('by the step, round and over; and why not', async ({ app, tello }) => {
    await expect(app.getByText('Ready to take off').first()).toBeVisible({ timeout: 15_000 });
    await app.keyboard.press('m');
    const drawer = app.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Forward', exact: true }).click({ force: true });
    await expect(app.getByText('Only in the air: take off first.').first()).toBeVisible();
    await takeOff(app);
    await drawer.getByRole('radio', { name: '100 cm' }).click();
    await drawer.getByRole('button', { name: 'Forward', exact: true }).click();
    await expect.poll(() => tello.orders).toContain('forward 100');
    await drawer.getByRole('button', { name: 'Turn left' }).click();
    await expect.poll(() => tello.orders, { timeout: 15_000 }).toContain('ccw 90');
    await drawer.getByRole('button', { name: 'Flip to the left' }).click();
    await expect.poll(() => tello.orders, { timeout: 15_000 }).toContain('flip l');

    tello.batteryPercent = 40;
    const back = drawer.getByRole('button', { name: 'Flip back' });
    await expect(back).toBeDisabled();
    await back.click({ force: true });
    await expect(app.getByText('Flips want a battery of at least 50 %.').first()).toBeVisible();
    expect(tello.orders).not.toContain('flip b');
  });

  test('line by line: what the drone answers, and what is refused before it leaves', async ({
    app,
    tello,
  }) => {
    await expect(app.getByText('Ready to take off').first()).toBeVisible({ timeout: 15_000 });
    await app.keyboard.press('m');
    const drawer = app.getByRole('dialog');
    const line = drawer.getByRole('combobox', { name: 'Command' });
    const log = drawer.getByRole('log');
    await line.fill('sn?');
    await line.press('Enter');
    await expect(log).toContainText('sn? → 0TQDFAKE000001');
    await line.fill('speed 5');
    await line.press('Enter');
    await expect(log).toContainText('10 to 100');
    await line.fill('emergency');
    await line.press('Enter');
    await expect(log).toContainText('This stops all motors');
    expect(tello.orders).not.toContain('speed 5');
    expect(tello.orders).not.toContain('emergency');
    await line.press('Alt+ArrowUp');
    await expect(line).toHaveValue('emergency');
    // Letters of a line fly nothing.
    await line.fill('');
    await line.pressSequentially('wasd t l');
    await expect(line).toHaveValue('wasd t l');
    expect(tello.orders).not.toContain('land');

    await drawer.getByRole('radio', { name: '480' }).click();
    await expect.poll(() => tello.orders).toContain('setresolution low');
    await expect(drawer.getByRole('radio', { name: '480' })).toBeChecked();

    await drawer.getByRole('button', { name: 'Ask the drone' }).click();
    await expect(drawer.getByRole('definition').nth(1)).toHaveText('0TQDFAKE000001');
  });
});
