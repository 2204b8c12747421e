// `npm run screenshots`: takes the README's pictures from the running app itself.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root, say } from './setup/run.mjs';

await ensureDependencies();
await ensureBundles();
const { chromium } = await import('@playwright/test');
const folder = join(root, 'docs', 'images');
await mkdir(folder, { recursive: true });
const home = await mkdtemp(join(tmpdir(), 'hoverdeck-screenshots-'));
const host = spawn(
  process.execPath,
  [join(root, 'out', 'electron', 'headless.js'), '--headless', '--port', '0'],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home },
  },
);
const url = await new Promise((resolve) => {
  host.stdout.on('data', (text) => {
    const found = /listening on (\S+)/.exec(String(text))?.[1];
    if (found) resolve(found);
  });
});
const browser = await chromium.launch({
  executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

const page = await browser.newPage({
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
});
await fetch(`${url}/api/request/settings.set`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ introSeen: true }),
});
await page.goto(url);
const start = page.getByRole('button', { name: /^Connect to Simulated drone/ });
await start.waitFor();
await shoot('start');
await start.click();
await page.getByRole('banner').getByText('Live').waitFor();
// The land is at its finest by then.
await page.waitForTimeout(12_000);
await shoot('live');
await page.emulateMedia({ colorScheme: 'dark' });
await page.keyboard.press('r');
await page.keyboard.down('t');
await page.getByTestId('flight-phase').getByText('Flying').waitFor();
await page.keyboard.up('t');
await page.keyboard.down('ArrowUp');
await page.keyboard.down('d');
await page.waitForTimeout(2_500);
await shoot('flying');
await page.keyboard.up('d');
await page.waitForTimeout(2_500);
await page.keyboard.up('ArrowUp');
await page.keyboard.press('c');
await page.keyboard.press('l');
await page.getByTestId('flight-phase').getByText('On the ground').waitFor();
await page.keyboard.press('r');
await page.getByText('Film kept').first().waitFor();
await page.keyboard.press('g');
await page.getByRole('button', { name: /^Look at the flight/ }).click();
await page.getByRole('slider').fill('7');
await page.waitForTimeout(7_000);
await shoot('replay');

await browser.close();
host.kill('SIGTERM');
await new Promise((resolve) => host.once('exit', resolve));
await rm(home, { recursive: true, force: true });

async function shoot(name) {
  await page.screenshot({ path: join(folder, `${name}.png`) });
  say(`docs/images/${name}.png`);
}
