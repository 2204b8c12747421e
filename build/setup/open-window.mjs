import { spawn } from 'node:child_process';
import { explainDeath } from './electron-death.mjs';
import { handOnSignals } from './hand-on-signals.mjs';
import { passThrough } from './pass-through.mjs';
import { root } from './run.mjs';

/** What the app prints when its window is on the screen (`desktop/window/announce-window.ts`). */
const WINDOW_IS_OPEN = 'Hoverdeck’s window is open.';
/** A cold start from a slow disk takes half a minute; without a window after this there is none to come. */
const WINDOW_DEADLINE_MS = 60_000;
/** Electron that shows nothing may not end when it is asked to. */
const KILL_AFTER_MS = 6_000;
/** The app said itself what is wrong, and a browser would not change it. */
const APP_SPOKE = /Hoverdeck could not start|^Usage: npm start/m;
/** The last words may be on their way when the process is gone; Electron's own children may keep the pipe. */
const LAST_WORDS_MS = 300;
/** Enough for the reason among Chromium's many lines. */
const MAX_WORDS_CHARS = 20_000;

/**
 * Runs Electron with the app. A window that was open and is closed is a normal end, and so is an end
 * that the app wanted (a wrong flag, a second start); Electron that ends or hangs before is not able to
 * run here, however well it is installed.
 * @param {string} program
 * @param {readonly string[]} flags
 * @param {{ windowDeadlineMs?: number }} [options]
 * @returns {Promise<{ opened: true, exitCode: number } | { opened: false, why: string }>}
 */
export function openWindow(program, flags, { windowDeadlineMs = WINDOW_DEADLINE_MS } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, flags, { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] });
    const signals = handOnSignals(child);
    let isOpen = false;
    let isLate = false;
    let said = '';
    let words = '';
    const deadline = setTimeout(() => {
      isLate = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref();
    }, windowDeadlineMs);
    passThrough(child.stdout, process.stdout);
    passThrough(child.stderr, process.stderr);
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      if (isOpen) return;
      said = (said + text).slice(-MAX_WORDS_CHARS);
      isOpen = said.includes(WINDOW_IS_OPEN);
      if (isOpen) clearTimeout(deadline);
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      words = (words + text).slice(-MAX_WORDS_CHARS);
    });

    const end = (death) => {
      clearTimeout(deadline);
      signals.stop();
      const exitCode = death.code ?? 1;
      const wanted = isOpen || signals.asked() || exitCode === 0;
      if (!isLate && (wanted || APP_SPOKE.test(words))) resolve({ opened: true, exitCode });
      else if (isLate)
        resolve({ opened: false, why: `Electron showed none for ${windowDeadlineMs / 1_000} s` });
      else resolve({ opened: false, why: explainDeath({ ...death, words }) });
    };
    child.once('error', (error) => end({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => {
      const gone = () => end({ code, signal, error: null });
      child.once('close', gone);
      setTimeout(gone, LAST_WORDS_MS);
    });
  });
}
