// `npm run icons`: draws every size of the app icon from its SVGs and writes the containers Windows and
// macOS want. The results are committed: packaging needs no browser.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { root, say } from '../setup/run.mjs';
import { encodeIcns, encodeIco, ICNS_SIZES, ICO_SIZES } from './containers.mjs';

const folder = join(root, 'build', 'icons');
/** What Linux desktops look for. */
const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Up to here the drawing with fewer, heavier strokes is the clearer one. */
const LARGEST_SMALL_PX = 32;

await ensureDependencies();
const { chromium } = await import('@playwright/test');
const drawings = {
  small: await readFile(join(folder, 'hoverdeck-small.svg'), 'utf8'),
  large: await readFile(join(folder, 'hoverdeck.svg'), 'utf8'),
};
const browser = await chromium.launch({
  executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const pngs = new Map();
const sizes = new Set([...PNG_SIZES, ...ICO_SIZES, ...ICNS_SIZES]);
for (const size of sizes) pngs.set(size, await draw(size));
await browser.close();

await rm(join(folder, 'png'), { recursive: true, force: true });
await mkdir(join(folder, 'png'));
for (const size of PNG_SIZES) {
  await writeFile(join(folder, 'png', `${size}x${size}.png`), pngs.get(size));
}
await writeFile(join(folder, 'hoverdeck.ico'), encodeIco(pngs));
await writeFile(join(folder, 'hoverdeck.icns'), encodeIcns(pngs));
say(`${PNG_SIZES.length} PNGs, hoverdeck.ico and hoverdeck.icns are in build/icons.`);

async function draw(size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = size <= LARGEST_SMALL_PX ? drawings.small : drawings.large;
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}
