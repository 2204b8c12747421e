import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout. Everything under build/ runs from here, wherever it was called. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Says one step of the set-up to the person who waits for it. */
export function say(text) {
  process.stderr.write(`hoverdeck: ${text}\n`);
}

/**
 * Runs a program and resolves with its exit code; 128 + n for signal n, 127 when it cannot be started.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeoutMs?: number, onStderr?: (text: string) => void }} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, { timeoutMs, onStderr, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32' && program === 'npm',
      ...options,
    });
    if (onStderr) child.stderr?.setEncoding('utf8').on('data', onStderr);
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.once('error', () => {
      clearTimeout(timer);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 137));
    });
  });
}

/** Runs one of our own scripts or a package's bin with this Node. */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}
