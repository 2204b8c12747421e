import { isRequestName, requests } from '../../shared/requests.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { Caller } from '../base/caller.ts';
import { isStationError } from '../base/failures.ts';
import type { Handlers } from '../base/handlers.ts';

/**
 * The one wrapper around every request, whatever transport brought it: known name → parsed input →
 * run → known errors mapped, the rest reported and answered as `internal`. Never rejects.
 */
export async function answer(
  handlers: Handlers,
  name: string,
  input: unknown,
  caller: Caller,
  report: (what: string, error: unknown) => void,
): Promise<Result<unknown>> {
  if (!isRequestName(name)) {
    return failure({ code: 'bad-request', message: `There is no request called "${clip(name)}".` });
  }
  const parsed = requests[name].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue && issue.path.length > 0 ? ` (${issue.path.join('.')})` : '';
    return failure({
      code: 'bad-request',
      message: `"${name}" got something it cannot use${where}: ${issue?.message ?? 'unknown input'}.`,
    });
  }
  try {
    // The table pairs each name with its input; the compiler cannot follow that through an index.
    const run = handlers[name] as (input: unknown, caller: Caller) => unknown;
    return success(await run(parsed.data, caller));
  } catch (error) {
    if (isStationError(error)) return failure(error.toFailure());
    report(`Request "${name}" failed`, error);
    return failure({
      code: 'internal',
      message: 'Something went wrong inside Hoverdeck.',
      tip: 'Try again; if it stays, restart Hoverdeck and report what you did.',
    });
  }
}

/** Names come from outside: an error message must not become a way to print a megabyte. */
function clip(name: string): string {
  return name.slice(0, 64);
}
