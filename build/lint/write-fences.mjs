// Writes the import rules of rooms.mjs as the linter wants them: `npm run fences`.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';
import { fences } from './fences.mjs';

await writeFile(join(root, 'biome.rooms.json'), fences());
