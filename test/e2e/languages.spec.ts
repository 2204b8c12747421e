import type { Page } from '@playwright/test';
import { say, speak } from '../../renderer/words/language.ts';
import { en } from '../../renderer/words/messages/en.ts';
import { languages } from '../../shared/languages.ts';
import type { AppHost } from './app-host.ts';
import { expect, movingPicture, request, test } from './fixtures.ts';
import { faultsOnScreen } from './walk/faults-on-screen.ts';

const sizes = [
  { width: 320, height: 568 },
  { width: 844, height: 390 },
  { width: 1280, height: 800 },
];

test.describe('languages', () => {
  test.use({ locale: 'de-DE' });

  test('the page speaks as the system does, until another is chosen', async ({ app, hostKind }) => {
    test.skip(hostKind !== 'browser', 'the rig’s window speaks as its own browser does');
    await expect(app.getByText('Was möchtest du sehen?')).toBeVisible();
    await expect(app.locator('html')).toHaveAttribute('lang', 'de');
    await app.getByRole('button', { name: 'Einstellungen' }).click();
    await app.getByRole('combobox', { name: 'Sprache' }).selectOption('fr');
    await expect(app.getByText('Que souhaitez-vous voir ?')).toBeVisible();
    await app.reload();
    await expect(app.getByText('Que souhaitez-vous voir ?')).toBeVisible();
  });

  test('in every language the main screens stand, and speak no English', async ({ app, host }) => {
    test.setTimeout(120_000);
    const english = new Set(sentences(en));
    const faults: string[] = [];
    for (const screen of ['start', 'live'] as const) {
      if (screen === 'live') {
        await request(host, 'source.connect', { source: { kind: 'simulator' } });
        await movingPicture(app);
      }
      for (const language of languages) {
        await choose(host, language);
        await expect(app.locator('html')).toHaveAttribute('lang', language);
        await speak(language);
        const known = new Set(sentences(say()));
        for (const size of sizes) {
          await app.setViewportSize(size);
          await settled(app, size.width);
          const where = `${screen}, ${language}, ${size.width} × ${size.height}`;
          for (const fault of await faultsOnScreen(app)) faults.push(`${where}: ${fault}`);
        }
        const spoken = await app.evaluate(() => document.body.innerText.split('\n'));
        for (const line of spoken.map((each) => each.trim())) {
          const foreign = english.has(line) && !known.has(line);
          if (language !== 'en' && foreign) faults.push(`${screen}, ${language}: “${line}”`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

function sentences(messages: object): string[] {
  return Object.values(messages).flatMap((words) => {
    if (typeof words === 'string') return [words];
    return typeof words === 'object' && words !== null ? sentences(words) : [];
  });
}

/** Until the page has taken its new size in and drawn itself. */
async function settled(app: Page, width: number): Promise<void> {
  await app.waitForFunction((wanted) => innerWidth === wanted, width);
  await app.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

async function choose(host: AppHost, language: string): Promise<void> {
  await request(host, 'settings.set', { language });
}
