// `npm run bench:video`, `bench:loss`, `bench:webcam`, `bench:flight`, `bench:keep`, `bench:page`, `bench:share`: prints a table of
// measured figures. Nothing here is asserted: figures depend on the machine, and belong beside a peer measured in the same run.
import { join } from 'node:path';
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root, runNode, say } from './setup/run.mjs';

const [name = '', ...args] = process.argv.slice(2);
const NAMES = [
  'video',
  'loss',
  'healing',
  'healing-trial',
  'webcam',
  'flight',
  'keep',
  'page',
  'share',
];
if (!NAMES.includes(name)) {
  say(`there are these benchmarks: ${NAMES.join(', ')}.`);
  process.exit(2);
}
await ensureDependencies();
await ensureBundles();
const built = await runNode(
  ['node_modules/rolldown/bin/cli.mjs', '--config', 'build/bench.config.ts', '--log-level', 'warn'],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
if (built !== 0) process.exit(built);
const env = { ...process.env, HOVERDECK_BUNDLES: join(root, 'out', 'electron') };
process.exit(await runNode([join(root, 'out', 'bench', `${name}.js`), ...args], { env }));
