// `npm run build`: everything into out/.
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';

await ensureDependencies();
await ensureBundles();
