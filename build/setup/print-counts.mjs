import { countReports, failuresInReports, flakyInReports } from './reports.mjs';

// Named at the very end: whoever reads only the last lines of a long run sees what to mend.
for (const { name, why } of await failuresInReports()) {
  process.stdout.write(`FAILED ${name}\n${why.replaceAll(/^/gm, '    ')}\n`);
}
for (const name of await flakyInReports()) process.stdout.write(`SECOND TRY ${name}\n`);
const { passed, failed, skipped } = await countReports();
process.stdout.write(
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exit(passed > 0 && failed === 0 ? 0 : 1);
