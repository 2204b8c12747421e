// A reporter for `node --test-reporter`: the run as JSON, in the form that vitest's own has.

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* jsonReporter(events) {
  const path = [];
  const results = [];
  for await (const { type, data } of events) {
    if (type === 'test:start') path[data.nesting] = data.name;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    const skipped = data.skip !== undefined && data.skip !== false;
    const ancestorTitles = path.slice(0, data.nesting);
    results.push({
      ancestorTitles,
      title: data.name,
      fullName: [...ancestorTitles, data.name].join(' '),
      status: skipped ? 'pending' : type === 'test:pass' ? 'passed' : 'failed',
      duration: data.details.duration_ms,
      failureMessages: type === 'test:fail' ? [failureText(data.details.error)] : [],
    });
  }
  yield `${JSON.stringify(report(results), null, 2)}\n`;
}

function failureText(error) {
  const cause = error?.cause;
  return String(cause?.stack ?? cause ?? error?.message ?? error);
}

/** @param {Array<{ status: string, title: string }>} results */
export function report(results) {
  const count = (status) => results.filter((result) => result.status === status).length;
  const failed = count('failed');
  return {
    numTotalTests: results.length,
    numPassedTests: count('passed'),
    numFailedTests: failed,
    numPendingTests: count('pending'),
    success: failed === 0 && results.length > 0,
    testResults: [
      {
        name: 'test/camera-vm/cameras.guest.ts',
        status: failed === 0 ? 'passed' : 'failed',
        assertionResults: results,
      },
    ],
  };
}
