import { z } from 'zod';
import { failureSchema } from '../../shared/result.ts';
import { faultsPatchSchema, faultsSchema } from './network/faults.ts';
import { LINES } from './network/line-faults.ts';
import { lineReportSchema } from './network/line-record.ts';

/** What whoever started the simulator may tell it. */
export const parentToSimulatorSchema = z.discriminatedUnion('type', [
  /** Changes some faults at run time; answered with `faults`. */
  z.object({ type: z.literal('faults'), faults: faultsPatchSchema }),
  /** Asks what happened on a line, with the faults from the `from`th on; answered with `line`. */
  z.object({
    type: z.literal('line'),
    line: z.enum(LINES),
    from: z.number().int().min(0).default(0),
  }),
]);

/** What the simulator tells whoever started it. */
export const simulatorToParentSchema = z.discriminatedUnion('type', [
  /** The sockets are bound: commands are answered from now on. */
  z.object({ type: z.literal('ready'), commandPort: z.number().int() }),
  /** It could not start, or had to stop; the process ends after it. */
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  /** All faults as they are now; the answer to every `faults` message that was understood. */
  z.object({ type: z.literal('faults'), faults: faultsSchema }),
  z.object({ type: z.literal('line'), line: z.enum(LINES), report: lineReportSchema }),
]);

export type ParentToSimulator = z.input<typeof parentToSimulatorSchema>;
export type SimulatorToParent = z.infer<typeof simulatorToParentSchema>;
