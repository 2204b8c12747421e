import { open } from 'node:fs/promises';
import { createLog } from '../../../electron/base/log.ts';
import { endInTime, leave } from '../../../electron/base/quitting.ts';
import { createUndoList } from '../../../electron/base/undo-list.ts';

// A process that quits at once: `quitter.js HANGING-FILE undo|thread|nothing`.
const [file = '', what] = process.argv.slice(2);
const undo = createUndoList();
// Opening a FIFO waits in a thread for somebody who writes into it, as a dead disk does.
const opening = what === 'nothing' ? Promise.resolve() : open(file);
opening.catch(() => undefined);
if (what === 'undo') undo.add(async () => void (await opening));
const log = createLog((line) => process.stderr.write(`${line}\n`));
const clean = await endInTime(() => undo.run(), log);
await leave(clean ? 0 : 1, process.exit);
