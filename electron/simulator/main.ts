import type { Failure } from '../../shared/result.ts';
import { prepareChild } from '../processes/last-resort.ts';
import { connectToParent, type Parent } from '../processes/parent.ts';
import { parseFlags, type SimulatorOptions } from './flags.ts';
import { parentToSimulatorSchema, type SimulatorToParent } from './messages.ts';
import { type Simulator, startSimulator } from './simulator.ts';
import { USAGE } from './usage.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

prepareChild();
const flags = parseFlags(process.argv.slice(2));
if (flags.kind === 'help') {
  process.stdout.write(USAGE);
} else if (flags.kind === 'wrong') {
  // Last, where it is seen: the flags before it fill more than a screen.
  process.stderr.write(`${USAGE}\n${flags.message}\n`);
  process.exitCode = EXIT_USAGE;
} else if (process.send !== undefined || 'parentPort' in process) {
  await runAsChild(flags.options, connectToParent());
} else {
  await runAlone(flags.options);
}

/** Started by the app: speaks over the channel, ends with it. */
async function runAsChild(options: SimulatorOptions, parent: Parent): Promise<void> {
  const say = (message: SimulatorToParent) => parent.send(message);
  let hasFailed = false;
  const fail = (error: unknown) => {
    if (hasFailed) return;
    hasFailed = true;
    say({ type: 'failed', failure: toFailure(error, options) });
    endAfterMessage();
  };
  try {
    const simulator = await startSimulator(options, fail);
    endOnSignals(simulator);
    parent.onMessage((message) => {
      const parsed = parentToSimulatorSchema.safeParse(message);
      if (!parsed.success) {
        process.stderr.write(`simulator: message not understood: ${parsed.error.message}\n`);
      } else if (parsed.data.type === 'line') {
        const { line, from } = parsed.data;
        say({ type: 'line', line, report: simulator.report(line, from) });
      } else {
        say({ type: 'faults', faults: simulator.setFaults(parsed.data.faults) });
      }
    });
    say({ type: 'ready', commandPort: simulator.commandPort });
  } catch (error) {
    fail(error);
  }
}

/** Started by a person, for any program that speaks to a Tello. */
async function runAlone(options: SimulatorOptions): Promise<void> {
  const fail = (error: unknown) => {
    const failure = toFailure(error, options);
    process.stderr.write(`${failure.message} ${failure.tip ?? ''}\n`);
    process.exit(EXIT_FAILED);
  };
  try {
    const simulator = await startSimulator(options, fail);
    endOnSignals(simulator);
    process.stdout.write(
      `Simulated Tello: commands at ${options.host}:${simulator.commandPort}, ` +
        `state to port ${options.statePort}, video to port ${options.videoPort} ` +
        'of whoever sends "command".\n',
    );
  } catch (error) {
    fail(error);
  }
}

/** Ctrl-C and `kill` are the usual ways to end it, so they are no failure. */
function endOnSignals(simulator: Simulator): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      simulator.dispose();
      process.exit(0);
    });
  }
}

/** Long enough for a message to leave through the channel. */
const LAST_MESSAGE_MS = 100;

function endAfterMessage(): void {
  setTimeout(() => process.exit(EXIT_FAILED), LAST_MESSAGE_MS);
}

function toFailure(error: unknown, options: SimulatorOptions): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const address = `${options.host}:${options.port}`;
  if (code === 'EADDRINUSE') {
    return {
      code: 'simulator-failed',
      message: `The simulated drone could not start: ${address} is already in use.`,
      tip: 'Another simulator or Tello program has it. End that one, choose another --port, or see docs/simulator.md for both on one machine.',
    };
  }
  if (code === 'EADDRNOTAVAIL') {
    return {
      code: 'simulator-failed',
      message: `The simulated drone could not start: this machine has no address ${options.host}.`,
      tip: 'Choose one of its own addresses with --host, for example 127.0.0.1.',
    };
  }
  return {
    code: 'simulator-failed',
    message: `The simulated drone stopped: ${error instanceof Error ? error.message : String(error)}`,
    tip: 'Connect again to start a new one.',
  };
}
