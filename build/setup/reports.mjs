import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './run.mjs';

export const reportsFolder = join(root, 'reports');

/**
 * Adds up the reports the test runners wrote: vitest's JSON (also written by the camera VM) and
 * Playwright's JSON.
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function countReports() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const names = await readdir(reportsFolder).catch(() => []);
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const report = JSON.parse(await readFile(join(reportsFolder, name), 'utf8'));
    const counts = 'stats' in report ? playwrightCounts(report) : vitestCounts(report);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
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
