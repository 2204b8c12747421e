import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CdpConnection, connectCdp } from './cdp.ts';

const START_DEADLINE_MS = 30_000;
const EXIT_DEADLINE_MS = 5_000;

export type Browser = {
  cdp: CdpConnection;
  /** Where a test connects its own client. */
  endpoint: string;
  close(): Promise<void>;
};

/** Starts a headless Chromium that can reach nothing but `*.localhost`. */
export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'desktop-rig-'));
  const child = spawn(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', flags(profile), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  // The rig may give up at any moment: no browser may stay behind.
  const killNow = () => {
    child.kill('SIGKILL');
    forget();
  };
  process.on('exit', killNow);
  try {
    const endpoint = await debuggingAddress(child);
    const cdp = await connectCdp(endpoint);
    // Refused here in any case; the events say that a page tried.
    await cdp.browser.send('Browser.setDownloadBehavior', {
      behavior: 'deny',
      eventsEnabled: true,
    });
    return {
      cdp,
      endpoint,
      async close() {
        await end(child, cdp);
        process.off('exit', killNow);
        forget();
      },
    };
  } catch (error) {
    killNow();
    throw error;
  }
}

function flags(profile: string): string[] {
  return [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // A window that a page opens must reach the handler, not Chromium's own blocker.
    '--disable-popup-blocking',
    // Electron's ports say when their other end closes; Chromium's do behind this flag.
    '--enable-blink-features=MessagePortCloseEvent',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => fail('did not start in time'), START_DEADLINE_MS);
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`Chromium ${reason}: ${text.slice(-2_000)}`));
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-10_000);
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

async function end(child: ChildProcess, cdp: CdpConnection): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_DEADLINE_MS);
  // Closed by command, so that it takes its renderers with it; the connection ends under the answer.
  cdp.browser.send('Browser.close').catch(() => child.kill('SIGTERM'));
  await gone;
  clearTimeout(timer);
}
