import { tell } from './base/output.ts';
import { type Flags, parseFlags, USAGE } from './start-flags.ts';

/** What a shell expects after a wrong flag. */
const USAGE_EXIT_CODE = 2;

export type StartDecision = { run: true; flags: Flags } | { run: false; exitCode: number };

/** Reads the command line; prints the help, the version or the usage where that is all there is to do. */
export function decideStart(args: readonly string[], version: string): StartDecision {
  const parsed = parseFlags(args);
  if (!parsed.ok) {
    tell('stderr', `${parsed.message}\n\n${USAGE}`);
    return { run: false, exitCode: USAGE_EXIT_CODE };
  }
  if (parsed.flags.help || parsed.flags.version) {
    tell('stdout', parsed.flags.help ? USAGE : `Hoverdeck ${version}\n`);
    return { run: false, exitCode: 0 };
  }
  return { run: true, flags: parsed.flags };
}
