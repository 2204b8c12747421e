import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './run.mjs';

export const reportsFolder = join(root, 'reports');
/** A failure is printed to be found again, not to be read in full. */
const MAX_LINES = 12;

/**
 * Adds up the reports the test runners wrote: vitest's JSON (also written by the camera VM) and
 * Playwright's JSON.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function countReports() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const report of await readReports()) {
    const counts = isPlaywright(report) ? playwrightCounts(report) : vitestCounts(report);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

/**
 * What failed, by the name of the test, with the first lines of why.
 * @returns {Promise<{ name: string, why: string }[]>}
 */
export async function failuresInReports() {
  const failures = (await readReports()).flatMap((report) =>
    isPlaywright(report) ? playwrightFailures(report) : vitestFailures(report),
  );
  return failures.map(({ name, why }) => ({
    name,
    why: stripVTControlCharacters(why).split('\n').slice(0, MAX_LINES).join('\n'),
  }));
}

/** Names of the end-to-end tests that passed only when they were tried again. */
export async function flakyInReports() {
  return (await readReports())
    .filter(isPlaywright)
    .flatMap(({ suites }) => suites.flatMap(endToEndTests))
    .filter(({ status }) => status === 'flaky')
    .map(({ name }) => name);
}

async function readReports() {
  const names = await readdir(reportsFolder).catch(() => []);
  const texts = names
    .filter((file) => file.endsWith('.json'))
    .map((name) => readFile(join(reportsFolder, name), 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text));
}

function isPlaywright(report) {
  return 'stats' in report;
}

function vitestCounts(report) {
  return {
    passed: report.numPassedTests,
    // A file that does not even load has no tests to fail.
    failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
    skipped: stats.skipped,
  };
}

function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0) return status === 'failed' ? [{ name: file, why: message }] : [];
    return tests.map(({ fullName, failureMessages }) => ({
      name: `${file}: ${fullName}`,
      why: failureMessages.join('\n'),
    }));
  });
}

function playwrightFailures({ suites, errors = [] }) {
  return [
    ...suites.flatMap(endToEndTests).filter(({ status }) => status === 'unexpected'),
    ...errors.map(({ message }) => ({ name: 'end-to-end', why: message ?? '' })),
  ];
}

/** Suites lie within suites. */
function endToEndTests({ specs = [], suites = [] }) {
  const here = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      name: `[${projectName}] ${file}: ${title}`,
      status,
      why: (results.at(-1)?.errors ?? []).map(({ message }) => message).join('\n'),
    })),
  );
  return [...here, ...suites.flatMap(endToEndTests)];
}
