import { z } from 'zod';
import { failureSchema } from '../../shared/result.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { abortable, pause } from '../base/abortable.ts';
import { isStationError, StationError } from '../base/failures.ts';
import type { Child, StartChild } from '../processes/child.ts';
import { ChildLife } from '../processes/child-life.ts';
import { exitWords, startTip } from '../processes/exit-words.ts';
import type { OpenSourceFunction, SourceListener } from '../video/source.ts';
import { openTello } from './tello/tello-source.ts';

type SimulatorSource = Extract<SourceSpec, { kind: 'simulator' }>;

type OpenSimulatedDroneOptions = {
  startChild: StartChild;
  /** Further flags of the simulator's command line. */
  simulatorArgs?: readonly string[];
};

/** A child that is not ready by then never will be. */
const START_TIMEOUT_MS = 10_000;
const LOOPBACK = '127.0.0.1';
const SIMULATOR_TIP =
  'Connect again. If it fails each time, please report this with the diagnostics.';

/** What the simulator says; what it says beyond that is of no interest here. */
const simulatorMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), commandPort: z.number().int().min(1).max(65_535) }),
  z.object({ type: z.literal('failed'), failure: failureSchema }),
]);

/**
 * A drone made of UDP: its own process, the real protocol on loopback, on whatever ports are free.
 * Rejects as `openTello` does, or with `simulator-failed`. If the process ends later, the listener
 * hears `lost` with a recoverable `simulator-failed`.
 */
export function openSimulatedDrone(
  options: OpenSimulatedDroneOptions,
): OpenSourceFunction<SimulatorSource> {
  const open = openTello({ name: 'Simulated drone' });
  const args = ['--port', '0', ...(options.simulatorArgs ?? [])];
  return async (_spec, listener, signal) => {
    const simulator = new SimulatorProcess(options.startChild('simulator', { args }));
    try {
      const command = await simulator.ready(signal);
      const source = await open(
        { kind: 'tello', host: LOOPBACK, ports: { command, state: 0, video: 0 } },
        listener,
        AbortSignal.any([signal, simulator.gone]),
      );
      simulator.onLost(listener);
      let disposing: Promise<void> | undefined;
      const dispose = async () => {
        // First the goodbye, while there is still somebody to hear it.
        await source.dispose();
        await simulator.dispose();
      };
      return {
        ...source,
        dispose() {
          disposing ??= dispose();
          return disposing;
        },
      };
    } catch (error) {
      const ended = signal.aborted ? null : simulator.death(false);
      await simulator.dispose();
      // A simulator that ends while the drone is being opened looks like a silent drone: say what it was.
      throw isStationError(error) && error.code === 'simulator-failed' ? error : (ended ?? error);
    }
  };
}

class SimulatorProcess {
  readonly #child: Child;
  readonly #commandPort: Promise<number>;
  readonly #life: ChildLife;
  readonly #gone = new AbortController();
  #disposing: Promise<void> | undefined;

  constructor(child: Child) {
    this.#child = child;
    this.#life = new ChildLife(child);
    void this.#life.exited.then(() => this.#gone.abort());
    this.#commandPort = new Promise((resolve, reject) => {
      child.onMessage((message) => {
        const parsed = simulatorMessageSchema.safeParse(message);
        if (!parsed.success) return;
        if (parsed.data.type === 'ready') resolve(parsed.data.commandPort);
        else reject(failed(parsed.data.failure.message, parsed.data.failure.tip));
      });
      void this.#life.exited.then(() => reject(this.death(false)));
    });
    // Whoever waits for it hears of a failure; afterwards nobody does, and nobody needs to.
    this.#commandPort.catch(() => undefined);
  }

  /** Fires when the process is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** The command port, once it answers there. */
  async ready(signal: AbortSignal): Promise<number> {
    const started = new AbortController();
    const tooLate = pause(START_TIMEOUT_MS, started.signal).then(() => {
      throw failed(`The simulated drone was not ready after ${START_TIMEOUT_MS / 1_000} s.`);
    });
    try {
      return await abortable(Promise.race([this.#commandPort, tooLate]), signal);
    } finally {
      started.abort();
    }
  }

  onLost(listener: SourceListener): void {
    void this.#life.exited.then(() => {
      const death = this.death(true);
      if (this.#disposing === undefined && death !== null) listener.lost(death);
    });
  }

  dispose(): Promise<void> {
    this.#disposing ??= this.#end();
    return this.#disposing;
  }

  async #end(): Promise<void> {
    await this.#life.end();
  }

  /** Why it ended; null while it lives. */
  death(recoverable: boolean): StationError | null {
    const { exit } = this.#life;
    if (exit === null) return null;
    const words = exit.startError === undefined ? this.#child.lastWords() : '';
    return failed(
      `The simulated drone ${exitWords(exit)}${words === '' ? '.' : `: ${words}`}`,
      startTip(exit),
      recoverable,
    );
  }
}

function failed(message: string, tip: string = SIMULATOR_TIP, recoverable = false): StationError {
  return new StationError('simulator-failed', message, { tip, recoverable });
}
