import { tell } from './base/output.ts';
import { surviveLostOutput } from './processes/last-resort.ts';

surviveLostOutput();

// Loading the rest opens a hundred files at once: where the system allows fewer, this file is still read,
// and can say so.
await import('./headless-host.ts')
  .then((host) => host.startBrowserHost())
  .catch((error: unknown) => {
    if (!isOutOfDescriptors(error)) throw error;
    tell(
      'stderr',
      'Hoverdeck could not start: this system lets it open too few files and sockets at once. ' +
        'Raise the limit (ulimit -n 1024) and start again.\n',
    );
    process.exitCode = 1;
  });

function isOutOfDescriptors(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EMFILE' || code === 'ENFILE';
}
