import { countReports } from './reports.mjs';

const { passed, failed, skipped } = await countReports();
process.stdout.write(
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
