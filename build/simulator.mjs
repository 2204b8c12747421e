// `npm run simulator`: the simulated drone alone, for any Tello program.
import { parseArgs } from 'node:util';
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runNode } from './setup/run.mjs';
import { runWithClient } from './simulator-network.mjs';

const { client, rest } = takeClient(process.argv.slice(2));
await ensureDependencies();
await ensureBundles();
process.on('SIGINT', () => undefined);
const drone = 'out/electron/simulator.js';
process.exit(
  client === undefined ? await runNode([drone, ...rest]) : await runWithClient(client, drone, rest),
);

/**
 * The one flag that is none of the drone's: `--client COMMAND`.
 *
 * @param {string[]} args
 */
function takeClient(args) {
  const { values, tokens } = parseArgs({
    args,
    options: { client: { type: 'string' } },
    strict: false,
    tokens: true,
  });
  if (typeof values.client !== 'string') return { client: undefined, rest: args };
  const taken = new Set();
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name !== 'client') continue;
    taken.add(token.index);
    if (!token.inlineValue) taken.add(token.index + 1);
  }
  return { client: values.client, rest: args.filter((_, index) => !taken.has(index)) };
}
