import { StationError } from '../base/failures.ts';

/** Why the server cannot listen, and what to do about it. */
export function listenFailure(error: unknown, port: number): StationError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StationError('port-in-use', `Port ${port} is in use by another program.`, {
        tip: 'Choose another one with --port, or 0 for any.',
        cause: error,
      });
    case 'EACCES':
      return new StationError(
        'unsupported',
        `This system does not let you listen on port ${port}; low ports are its administrator’s.`,
        { tip: 'Choose one above 1023 with --port, or 0 for any.', cause: error },
      );
    case 'EMFILE':
    case 'ENFILE':
      return new StationError('internal', 'This system allows no further sockets.', {
        tip: 'Close other programs, or raise the limit (ulimit -n 1024), and start again.',
        cause: error,
      });
    default:
      return new StationError('internal', `Cannot listen on 127.0.0.1:${port}.`, {
        ...(code === undefined ? {} : { tip: `The system says ${String(code)}.` }),
        cause: error,
      });
  }
}
