import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
/** Players probe for seconds, on a busy machine for more. */
const DEADLINE_MS = 25_000;

/** What a program wrote before it ended well; rejects with its complaints where it did not. */
export async function runProgram(
  program: string,
  args: readonly string[],
): Promise<{ stdout: Buffer; stderr: string }> {
  const { stdout, stderr } = await execute(program, args, {
    encoding: 'buffer',
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout, stderr: stderr.toString() };
}
